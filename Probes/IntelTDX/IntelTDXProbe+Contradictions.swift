// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel
internal import Virtualization

extension IntelTDXProbe {
  /// Observations that look wrong, or are, with their meaning. A guest's hypervisor shows it what it likes.
  static func contradictions(_ host: any HostSource) -> [Contradiction] {
    guard host.processorVendor().value == "GenuineIntel", !Environment.observe(host).isGuest else {
      return []
    }
    return Contradiction.found([logRule(host), countRule(host)] + libvirtRules(host))
  }

  /// Kernels from before TDX was merged; canonical/tdx issues 33 and 102. Where KVM has TDX on nobody looks into the log.
  private static func logRule(_ host: any HostSource) -> Contradiction.Rule {
    let keys = privateKeys(host)
    let isOpen = (keys.value ?? 0) >= fewestKeys && host.flag(KVMIntel.parameter("tdx")).value != true
    let messages = isOpen ? host.kernelMessages(from: "tdx:").value ?? [] : []
    return (
      "intel.tdx-keys-given-log-says-off", messages.contains { $0.hasPrefix("not enabled by BIOS") },
      "the BIOS gave TDX \(keys.value ?? 0) private keys, yet this kernel logs 'tdx: not enabled by BIOS', which early kernels say for other causes too: look at the rungs above the BIOS, and boot kernel 6.16 or later",
      [keys.question, .kernelLog]
    )
  }

  /// Source: kernel 7.2 kernel/cgroup/misc.c and arch/x86/kvm/vmx/tdx.c; 6.12 counts no TDX keys.
  private static let countedSince = KernelVersion(7, 2)

  /// A resource of capacity 0 is not printed, so a file without a line is right; a copy of it may have lost them.
  private static func countRule(_ host: any HostSource) -> Contradiction.Rule {
    let on = host.flag(KVMIntel.parameter("tdx"))
    let release = host.kernelVersion()
    let counts = host.miscCounts("capacity")
    let isKnown = release.value.map { $0 >= countedSince } == true && host.origin().value == .live
    return (
      "intel.tdx-on-but-not-counted",
      on.value == true && isKnown && counts.value.map { $0["tdx"] == nil } == true,
      "kvm_intel.tdx = Y, but misc.capacity has no line tdx, which kernel 7.2 prints once KVM has keys for guests: none may be left for them; look for tdx in the kernel log",
      [on.question, counts.question, release.question]
    )
  }

  private static func libvirtRules(_ host: any HostSource) -> [Contradiction.Rule] {
    let offer = host.libvirtOffer()
    guard offer.value?.guests.contains(.tdx) == true else { return [] }
    let on = host.flag(KVMIntel.parameter("tdx"))
    let names = host.names(in: KVMIntel.folder)
    return [
      (
        "libvirt.tdx-listed-kvm-off", on.value == false,
        "libvirt lists tdx but kvm_intel.tdx = N: no TDX guest starts; libvirt before 11.10 lists it on every host whose QEMU has it, and a later one from before the parameter changed keeps it in its cache",
        [offer.question, on.question]
      ),
      (
        "libvirt.tdx-listed-kvm-cannot", on.isAbsent && names.value?.contains("tdx") == false,
        "libvirt lists tdx but kvm_intel has no parameter tdx: this kernel cannot host TDX guests; libvirt before 11.10 lists it on every host whose QEMU has it",
        [offer.question, names.question, on.question]
      ),
    ]
  }
}
