// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

// The gates in front of what only one maker's processors have.
extension Rung {
  public static let amdProcessor = processor(
    "an AMD (or Hygon) processor", ["AuthenticAMD", "HygonGenuine"],
    specification: "AMD APM vol. 3, CPUID Fn0000_0000_E[D,C,B]X", otherwise: "not an x86 processor")

  public static let intelProcessor = processor(
    "an Intel processor", ["GenuineIntel"],
    specification: "Intel SDM vol. 2A, CPUID leaf 00H, EBX, EDX and ECX", otherwise: "not an x86 processor")

  public static let s390xProcessor = processor(
    "an s390x processor", ["IBM/S390"],
    specification: "kernel arch/s390/kernel/processor.c, show_cpu_summary(): vendor_id",
    otherwise: "not an s390x processor")

  private static func processor(
    _ title: String, _ names: [String], specification: String, otherwise: String
  ) -> Rung {
    Rung("vendor", .environment, title, specification: specification, isGate: true) { host in
      let vendor = host.processorVendor()
      return vendor.judge(
        "processor vendor", absent: .fail(.otherVendor, otherwise, citing: [vendor.question])
      ) { name in
        names.contains(name)
          ? .pass(name, citing: []) : .fail(.otherVendor, "the processor is \(name)", citing: [])
      }
    }
  }

  public static let armProcessor = Rung(
    "vendor", .environment, "an Arm processor",
    specification: "kernel arch/arm64/kernel/cpuinfo.c, c_show(): CPU implementer", isGate: true
  ) { host in
    let vendor = host.processorVendor()
    if let name = vendor.value {
      return .fail(.otherVendor, "the processor is \(name)", citing: [vendor.question])
    }
    return host.processorInfo().judge("/proc/cpuinfo") { info in
      if let maker = info.fields["CPU implementer"] { return .pass("CPU implementer \(maker)", citing: []) }
      // POWER, RISC-V and MIPS print these; older Arm kernels print their implementer in another block.
      return ["cpu", "isa", "cpu model"].contains { info.fields[$0] != nil }
        ? .fail(.otherVendor, "not an Arm processor", citing: [])
        : .unknown(.sourceUnreadable, "/proc/cpuinfo names no CPU implementer", citing: [])
    }
  }
}
