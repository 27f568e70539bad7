// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// The kvm_intel module as sysfs shows it, for the ladders that end in it.
public enum KVMIntel {
  public static let folder = "/sys/module/kvm_intel/parameters"
  public static func parameter(_ name: String) -> String { "\(folder)/\(name)" }

  public static let moduleLoaded = Rung(
    "kvm-module", .kernel, "kvm_intel is loaded",
    specification: "kernel kernel/params.c: /sys/module/NAME/parameters"
  ) { host in
    host.names(in: folder).judge(
      "module kvm_intel", absent: .fail(.kvmIntelNotLoaded, "no /sys/module/kvm_intel", citing: [])
    ) { names in
      names.isEmpty
        ? .unknown(.sourceUnreadable, "\(folder) is empty", citing: [])
        : .pass("\(names.count) parameters in /sys/module/kvm_intel", citing: [])
    }
  }

  /// A parameter that is only there if the kernel was built with what it switches.
  ///
  /// - Parameter without: why it is missing although the module is loaded.
  public static func judge(
    _ name: String, _ host: any HostSource, without: Reason, _ decide: (Bool) -> Judgement
  ) -> Judgement {
    host.flag(parameter(name)).judge(
      "kvm_intel.\(name)",
      absent: host.names(in: folder).judge("module kvm_intel") { _ in
        .fail(without, "kvm_intel has no parameter \(name)", citing: [])
      }, decide)
  }
}

extension HostSource {
  /// What KVM_CHECK_EXTENSION answers for a capability's number.
  public func kvmExtension(_ capability: UInt32) -> Reading<UInt32> {
    read(.ioctl(.kvmCheckExtension(capability))) {
      $0.count == 4 ? littleEndian($0, as: UInt32.self) : nil
    }
  }

  /// The model of an Intel processor of family 6; 0 for another family.
  /// Source: Intel SDM vol. 2A, CPUID, figure 3-6.
  public func intelModel() -> Reading<UInt32> {
    cpuid(1).map { $0.eax.bits(8...11) == 6 ? $0.eax.bits(16...19) << 4 | $0.eax.bits(4...7) : 0 }
  }

  /// What the kernel log holds behind `speaker`, `virt/tdx:` and the like, oldest first. An empty list says nothing: the
  /// log forgets.
  public func kernelMessages(from speaker: String) -> Reading<[String]> {
    read(.kernelLog) { bytes in
      lines(bytes).compactMap { line in
        let words = line.split(separator: 0x20)
        guard let at = words.firstIndex(where: { $0.elementsEqual(speaker.utf8) }) else { return nil }
        return words[(at + 1)...].map { text($0) }.joined(separator: " ")
      }
    }
  }
}
