// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeAccelerators
import ProbeIOMMU
import ProbePassthrough
import ProbeSRIOV
import Tape
import Testing

/// One rule of what keeps a device from a guest: a host that only this rule finds fault with, and what is said of it.
struct PCIRule: Sendable, CustomTestStringConvertible {
  /// Where a rule speaks.
  enum Place: Sendable {
    /// A rung of the card's ladder for the whole device, for its VFs, for confidential guests; of the host's for its IOMMU.
    case unit(String)
    case sriov(String)
    case confidential(String)
    case iommu(String)
    case finding
  }

  static let card = "0000:3b:00.0"
  static let address = PCIAddress(bus: 0x3b, device: 0, function: 0)
  static let port = PCIAddress(bus: 0, device: 1, function: 0)

  let name: String
  let place: Place
  let verdict: Verdict
  let reason: Reason?
  let machine: PCIMachine
  var subject = address
  var testDescription: String { name }

  init(
    _ name: String, _ place: Place, _ verdict: Verdict, _ reason: Reason?, of subject: PCIAddress = address,
    on base: PCIMachine = healthy(), _ change: (inout PCIMachine) -> Void
  ) {
    (self.name, self.place, self.verdict, self.reason) = (name, place, verdict, reason)
    self.subject = subject
    var machine = base
    change(&machine)
    self.machine = machine
  }

  /// A card with 16 VFs to give, alone in its group, below a port with ARI; nothing is wrong with it or its host.
  static func healthy(_ machine: PCIMachine = .amd()) -> PCIMachine {
    var machine = machine
    machine.addPhysical(card, driver: "vfio-pci", group: 31)
    machine.set(card, "uevent", "DRIVER=vfio-pci\nPCI_CLASS=30200\nPCI_ID=10DE:2335\nPCI_SUBSYS_ID=10DE:18BE")
    machine.parameter("vfio_pci", "enable_sriov", "Y")
    machine.parameter("kvm_amd", "sev_snp", "Y")
    return machine
  }

  /// What the rule's place says of a host; a finding's verdict counts as a warning, its absence as a pass.
  func said(of host: any HostSource) -> (verdict: Verdict, reason: Reason?) {
    let steps: [Climb.Step]
    let rung: String
    switch place {
    case .unit(let id):
      steps = PassthroughProbe.ladder(for: [subject], on: host).climb(host).steps
      rung = id
    case .sriov(let id): (steps, rung) = (SRIOVProbe.ladder(for: subject).climb(host).steps, id)
    case .confidential(let id):
      steps = AcceleratorsProbe.ladder(for: subject, on: host)?.climb(host).steps ?? []
      rung = id
    case .iommu(let id): (steps, rung) = (IOMMUProbe.ladders.flatMap { $0.climb(host).steps }, id)
    case .finding:
      let findings = AcceleratorsProbe.examine(host).findings
      return findings.contains { $0.reason == reason } ? (.warn, reason) : (.pass, nil)
    }
    let judgement = steps.first { $0.rung.id == rung }?.judgement
    return (judgement?.verdict ?? .notApplicable, judgement?.reason)
  }

  /// Everything that was asked of the machine, written and read again.
  func tape() throws -> Tape {
    let recorder = Recorder(machine)
    _ = said(of: recorder)
    var bytes: [UInt8] = []
    recorder.writeTape(into: &bytes) { _ in }
    return try Tape(parsing: bytes, path: name)
  }
}
