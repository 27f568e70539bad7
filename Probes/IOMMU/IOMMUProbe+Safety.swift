// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension IOMMUProbe {
  /// Without an IOMMU a guest's device reads and writes the whole host. Absent: vfio is not loaded, or built without.
  static let noIOMMUMode = parameter(
    "no-iommu-mode", "no device is given away without an IOMMU", "enable_unsafe_noiommu_mode",
    "/sys/module/vfio/parameters/enable_unsafe_noiommu_mode", .noIOMMUMode)

  /// A guest could raise any of the host's interrupts. Absent: vfio_iommu_type1 is not loaded.
  static let unsafeInterrupts = parameter(
    "unsafe-interrupts", "devices without interrupt remapping are refused", "allow_unsafe_interrupts",
    "/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts", .unsafeInterrupts)

  /// Group membership is trusted only as far as the kernel was left to form the groups.
  static let isolation = Rung(
    "isolation", .kernel, "no kernel option overrides isolation between devices",
    specification:
      "kernel Documentation/admin-guide/kernel-parameters.txt, pci=; pcie_acs_override is out of tree",
    isAdvisory: true
  ) { host in
    host.commandLine().judge("/proc/cmdline") { line in
      let options = IOMMUOptions.overrides(line)
      if options.isEmpty { return .pass("no option overrides it", citing: []) }
      return .warn(.isolationOverridden, options.joined(separator: " "), citing: [])
    }
  }

  private static func parameter(
    _ id: String, _ title: String, _ name: String, _ path: String, _ reason: Reason
  ) -> Rung {
    Rung(id, .kernel, title, specification: "kernel drivers/vfio, module parameter \(name)", isAdvisory: true)
    { host in
      host.flag(path).judge(name, absent: .pass("\(name): its module is not loaded", citing: [])) { isSet in
        isSet ? .warn(reason, "\(name) = Y", citing: []) : .pass("\(name) = N", citing: [])
      }
    }
  }
}
