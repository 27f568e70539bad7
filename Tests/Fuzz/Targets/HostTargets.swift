// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import Tape

/// One hostile answer among the usual ones of a live host.
enum HostTargets {
  /// The first half is a bridge's configuration space, the second a network function's below it.
  @Sendable static func configuration(_ input: [UInt8]) throws {
    let bridge = PCIAddress(bus: 0, device: 1, function: 0), card = PCIAddress(bus: 1, device: 0, function: 0)
    let halves = [bridge: Array(input[..<(input.count / 2)]), card: Array(input[(input.count / 2)...])]
    for bytes in halves.values {
      guard let space = ConfigSpace(bytes[...]) else { continue }
      if let offset = place(space.extendedCapability(0x0010)) {
        _ = SRIOVCapability(space, at: offset)?.activeVFs
      }
      if let capabilities = FunctionCapabilities(space) {
        _ = (capabilities.canFunctionLevelReset, capabilities.isTEEIOSupported)
      }
    }
    var answers: [Question: Answer] = [
      .origin: .bytes(Array("live\n".utf8)), .privilege: .bytes(Array("euid 0\ncap_eff 1ffffffffff\n".utf8)),
      .directory(PCIDevices.directory): .bytes(Array("\(bridge)\n\(card)\n".utf8)),
    ]
    for (address, bytes) in halves {
      let target = "../../../devices/pci0000:00/\(bridge)" + (address == card ? "/\(card)" : "")
      let (code, id) = address == card ? ("20000", "8086:1592") : ("60400", "8086:3c02")
      answers[.pciConfig(address)] = .bytes(bytes)
      answers[.link(PCIDevices.path(address))] = .bytes(Array(target.utf8))
      answers[PCIDevices.file(address, "uevent")] = .bytes(Array("PCI_CLASS=\(code)\nPCI_ID=\(id)\n".utf8))
    }
    try Judging.judge(Tape(answers), from: input)
  }

  private static func place(_ presence: ConfigSpace.Presence) -> Int? {
    if case .at(let offset) = presence { offset } else { nil }
  }

  /// The probes that read what libvirt and QEMU's firmware folder say.
  private static let readers: Set<String> = [
    "amd-sev", "intel-tdx", "intel-sgx", "secure-execution", "libvirt", "qemu", "guest-firmware",
  ]

  /// The first byte chooses which of libvirt's documents the rest is, or a firmware descriptor.
  @Sendable static func libvirt(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let documents = LibvirtDocument.allCases
    let index = Int(choice) % (documents.count + 1)
    let descriptors = "/usr/share/qemu/firmware"
    let question: Question =
      index < documents.count ? .libvirt(documents[index]) : .file("\(descriptors)/60-edk2.json")
    var answers: [Question: Answer] = [
      .origin: .bytes(Array("live\n".utf8)), .directory(descriptors): .bytes(Array("60-edk2.json\n".utf8)),
      .libvirt(.version): .bytes(Array("libvirt 11003000\nhypervisor 10000000\n".utf8)),
      // AMD, family 25, with Fn8000_001F as a Milan has it.
      .cpuid(leaf: 0): .bytes(Array([0x10, 0, 0, 0] + "AuthcAMDenti".utf8)),
      .cpuid(leaf: 0x8000_001f): .bytes([0x1f, 0, 1, 0, 0x33, 0x40, 0, 0, 0xfd, 1, 0, 0, 0x64, 0, 0, 0]),
    ]
    answers[question] = .bytes(Array(input.dropFirst()))
    try Judging.judge(Tape(answers), from: input, by: Catalog.probes.filter { readers.contains($0.id) })
  }
}
