// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

extension Question {
  /// The cheapest command that shows the same answer by hand; `nil`: there is none in a plain installation.
  public var command: String? {
    switch self {
    case .file(let path): "cat \(Self.shellWord(path))"
    case .directory(let path): "ls \(Self.shellWord(path))"
    case .link(let path): "readlink \(Self.shellWord(path))"
    case .cpuid(let leaf, let subleaf, _): "cpuid -1 -r -l \(hex(leaf, width: 8)) -s \(subleaf)"
    case .msr(let register, let cpu): "rdmsr -p\(cpu) \(hex(register, width: 8))"
    case .pciConfig(let address): "lspci -xxxx -s \(address)"
    case .libvirt(.capabilities): "virsh capabilities"
    case .libvirt(.domainCapabilities):
      // A tape does not say of which architecture its libvirt was.
      "virsh domcapabilities --virttype kvm --machine q35  # on s390x without --machine"
    case .libvirt(.nodeSEVInfo): "virsh nodesevinfo"
    case .libvirt(.nodeDevices): "virsh nodedev-list --cap pci"
    case .libvirt(.version): "virsh version --daemon"
    case .kernelLog: "dmesg"
    case .privilege: "grep -E 'Uid|CapEff' /proc/self/status"
    case .clock: "date -u +%s"
    case .ioctl, .origin, .assumption: nil
    }
  }

  /// In quotes where a shell would read more into it than a path.
  private static func shellWord(_ path: String) -> String {
    let plain = path.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
      default: "/._-:,+@%=".utf8.contains(byte)
      }
    }
    guard !plain else { return path }
    return "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
