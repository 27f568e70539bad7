// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

extension Environment {
  static let leaf1 = Question.cpuid(leaf: 1)
  static let signature = Question.cpuid(leaf: 0x4000_0000)
  static let hypervisorType = Question.file("/sys/hypervisor/type")
  static let vendorNames = ["sys_vendor", "product_name", "bios_vendor"].map {
    Question.file("/sys/class/dmi/id/\($0)")
  }

  public static func observe(_ host: any HostSource) -> Environment {
    if host.isAssumedBareMetal { return Environment(.bareMetal, isAssumed: true, citing: [.assumption]) }
    let bit = hypervisorBit(host)
    switch bit.outcome {
    case .value(true): return Environment(.guest(name(host)), citing: [bit.question, signature])
    case .value(false): return unlessXen(host, bit.question)
    case .absent:
      return host.processorVendor().value == "IBM/S390" ? byControlProgram(host) : byFirmware(host)
    default: return Environment(.unknown("whether this is a guest cannot be seen"), citing: [bit.question])
    }
  }

  /// Xen leaves the bit clear in paravirtual domains, and names itself in sysfs.
  private static func unlessXen(_ host: any HostSource, _ bit: Question) -> Environment {
    let xen = host.read(hypervisorType, as: hypervisorName)
    if let name = xen.value { return Environment(.guest(name), citing: [xen.question]) }
    let origin = host.origin()
    guard let origin = origin.value else {
      return Environment(.unknown("where the answers come from cannot be seen"), citing: [origin.question])
    }
    // Only a foreign dump may leave the other source out: there it was never asked.
    if !xen.isAbsent, origin == .live || origin == .mount {
      return Environment(
        .unknown("\(xen.question) cannot be read, so this may be a guest"), citing: [xen.question])
    }
    return Environment(.bareMetal, citing: [bit])
  }

  /// One short word; `xen` is the only one that a kernel gives. Anything else names nobody.
  /// Source: kernel Documentation/ABI/stable/sysfs-hypervisor-xen; drivers/xen/sys-hypervisor.c, type_show().
  private static func hypervisorName(_ bytes: ArraySlice<UInt8>) -> String? {
    let word = trimmed(bytes)
    let isName = (1...32).contains(word.count) && word.allSatisfy { (0x21...0x7e).contains($0) }
    return isName ? text(word) : nil
  }

  /// Processors without the bit: the firmware's names decide, if every one of them can be read.
  private static func byFirmware(_ host: any HostSource) -> Environment {
    let names = vendorNames.map { firmwareName(host, $0) }
    if let guest = names.first(where: { $0.value?.isEmpty == false }) {
      return Environment(.guest(guest.value ?? ""), citing: [guest.question])
    }
    if let lost = names.first(where: { $0.value == nil }) {
      return Environment(
        .unknown("\(lost.question) cannot be read, so this may be a guest"), citing: [lost.question])
    }
    return Environment(.bareMetal, citing: vendorNames)
  }

  /// s390x: the machine itself tells of every control program between it and us, z/VM or KVM, nearest first.
  /// Source: kernel arch/s390/kernel/sysinfo.c, stsi_2_2_2() and stsi_3_2_2().
  private static func byControlProgram(_ host: any HostSource) -> Environment {
    let question = Question.file("/proc/sysinfo")
    let program = host.read(question) { bytes in
      let fields = lines(bytes).compactMap { line -> (String, String)? in
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        return (text(line[..<colon]), text(line[line.index(after: colon)...]))
      }
      guard fields.contains(where: { $0.0 == "Manufacturer" }) else { return nil as String? }
      let name = fields.first { $0.0 == "VM00 Control Program" }?.1 ?? ""
      return name.split(separator: " ").joined(separator: " ")
    }
    guard let name = program.value else {
      return Environment(
        .unknown("\(question) cannot be read, so this may be a guest"), citing: [question])
    }
    return Environment(name.isEmpty ? .bareMetal : .guest(name), citing: [question])
  }

  /// The hypervisor's name that the firmware gives although the processor's bit is clear; `nil`: they agree, or cannot be
  /// compared.
  public static func firmwareObjection(_ host: any HostSource) -> Reading<String>? {
    let environment = observe(host)
    guard case .bareMetal = environment.kind, !environment.isAssumed else { return nil }
    return vendorNames.map { firmwareName(host, $0) }.first { $0.value?.isEmpty == false }
  }

  /// CPUID Fn0000_0001_ECX[31], or the kernel's copy of it. Absent: a processor without CPUID.
  private static func hypervisorBit(_ host: any HostSource) -> Reading<Bool> {
    let register = host.cpuid(1).map { $0.ecx.bit(31) }
    if register.value != nil { return register }
    return host.processorInfo().flatMap { info in
      guard info.fields["flags"] != nil else { return .absent }
      return .value(info.flags.contains("hypervisor"))
    }
  }

  /// Names that only a hypervisor's firmware gives; the empty string for any other.
  private static func firmwareName(_ host: any HostSource, _ question: Question) -> Reading<String> {
    host.read(question) { bytes in
      guard !bytes.isEmpty else { return nil }
      let name = text(bytes)
      return hypervisorNames.contains { name.hasPrefix($0) } ? name : ""
    }
  }

  /// Source: systemd src/basic/virt.c, the DMI table, for the same three attributes.
  private static let hypervisorNames = [
    "KVM", "OpenStack", "KubeVirt", "QEMU", "Amazon EC2", "VMware", "VMW", "innotek GmbH", "VirtualBox",
    "Xen", "Bochs",
    "Parallels", "BHYVE", "Hyper-V", "Virtual Machine", "Apple Virtualization", "Google Compute Engine",
    "Firecracker",
    "Standard PC",
  ]

  /// Source: the hypervisors' own documentation of leaf 0x4000_0000, EBX ECX EDX as text.
  private static let signatures = [
    "KVMKVMKVM": "KVM", "Microsoft Hv": "Hyper-V", "VMwareVMware": "VMware", "XenVMMXenVMM": "Xen",
    "TCGTCGTCGTCG": "QEMU TCG", "bhyve bhyve ": "bhyve", "ACRNACRNACRN": "ACRN", "VBoxVBoxVBox": "VirtualBox",
    "QNXQVMBSQG": "QNX", " lrpepyh  vr": "Parallels", "Jailhouse": "Jailhouse",
  ]

  private static func name(_ host: any HostSource) -> String {
    guard let leaf = host.cpuid(0x4000_0000).value else { return "a hypervisor" }
    let bytes = [leaf.ebx, leaf.ecx, leaf.edx].flatMap(littleEndianBytes).filter {
      (0x20..<0x7f).contains($0)
    }
    let word = String(decoding: bytes, as: UTF8.self)
    return signatures[word] ?? "a hypervisor"
  }
}
