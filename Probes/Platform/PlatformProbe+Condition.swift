// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// What an SCS flavor name has to own up to, and what it may boast of. Source: SCS scs-0100.
extension PlatformProbe {
  static func condition(_ host: any HostSource) -> [Fact] {
    vulnerable(host) + [siblings(host), errorCorrection(host), nesting(host)].compactMap { $0 }
  }

  /// Names of the vulnerabilities that nothing mitigates, in order, and of the others, which the kernel mitigates or the
  /// processor does not have; empty: there are none. Absent: one of them cannot be read, or the kernel does not know.
  /// Source: kernel Documentation/ABI/testing/sysfs-devices-system-cpu, vulnerabilities.
  private static func vulnerable(_ host: any HostSource) -> [Fact] {
    let folder = "/sys/devices/system/cpu/vulnerabilities"
    guard let names = host.names(in: folder).value, !names.isEmpty else { return [] }
    var found: [String] = []
    var closed: [String] = []
    var citing = [Question.directory(folder)]
    for name in names.sorted() {
      let question = Question.file("\(folder)/\(name)")
      guard let state = host.read(question, as: { $0.isEmpty ? nil : text($0) }).value else { return [] }
      if state.hasPrefix("Unknown") { return [] }
      guard isOpen(state) else {
        closed.append(name)
        continue
      }
      found.append(name)
      citing.append(question)
    }
    return [
      Fact("cpu.vulnerable", .list(found), citing: citing),
      Fact("cpu.mitigated", .list(closed), citing: [.directory(folder)]),
    ]
  }

  /// The word stands first, behind `KVM:` or `VMX:`, or behind one of several mitigations; `SMT vulnerable` counts, for a
  /// guest's neighbour is another guest.
  /// Source: kernel arch/x86/kernel/cpu/bugs.c; Documentation/admin-guide/hw-vuln/l1tf.rst.
  private static func isOpen(_ state: String) -> Bool { state.lowercased().contains("vulnerable") }

  /// Two threads of a core are in use. Source: kernel Documentation/ABI/testing/sysfs-devices-system-cpu, smt.
  private static func siblings(_ host: any HostSource) -> Fact? {
    let path = "/sys/devices/system/cpu/smt/active"
    return host.flag(path).value.map { Fact("cpu.smt", .flag($0), citing: [.file(path)]) }
  }

  /// A memory controller is listed only where its driver found ECC switched on; none says nothing.
  /// Source: kernel drivers/edac/amd64_edac.c, ecc_enabled(); drivers/edac/i10nm_base.c, i10nm_check_ecc().
  private static func errorCorrection(_ host: any HostSource) -> Fact? {
    let folder = "/sys/devices/system/edac/mc"
    let controllers = host.names(in: folder).value?.filter {
      $0.hasPrefix("mc") && UInt($0.dropFirst(2)) != nil
    }
    guard controllers?.isEmpty == false else { return nil }
    return Fact("memory.ecc", .flag(true), citing: [.directory(folder)])
  }

  /// Guests may run guests. Absent: no KVM module is loaded, or it does not say.
  private static func nesting(_ host: any HostSource) -> Fact? {
    for module in ["kvm_amd", "kvm_intel"] {
      let path = "/sys/module/\(module)/parameters/nested"
      if let isOn = host.flag(path).value { return Fact("kvm.nested", .flag(isOn), citing: [.file(path)]) }
    }
    return nil
  }
}
