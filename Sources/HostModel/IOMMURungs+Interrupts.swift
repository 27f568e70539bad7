// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

extension IOMMURungs {
  /// VFIO refuses devices whose message-signalled interrupts nobody checks.
  /// Source: kernel drivers/vfio/vfio_iommu_type1.c, vfio_iommu_type1_attach_group().
  public static let interruptRemapping = Rung(
    "interrupt-remapping", .kernel, "interrupts from devices are remapped",
    specification: "Intel VT-d 4.1, 11.4.3, ECAP bit 3; AMD I/O Virtualization 3.08, 2.2.5"
  ) { host in
    host.isIOMMUActive().judge("iommu_groups") { isActive in
      guard isActive else { return .notApplicable("no IOMMU is active", citing: []) }
      let line = host.commandLine()
      if let option = line.value.flatMap(IOMMUOptions.remappingOff) {
        return .fail(.interruptRemappingOff, option, citing: [line.question])
      }
      return host.iommuUnits().judge("IOMMU units") { units in remapping(units, host) }
    }
  }

  private static func remapping(_ units: [String], _ host: any HostSource) -> Judgement {
    let intel = units.filter { $0.hasPrefix("dmar") }
    if !intel.isEmpty { return remapping(intel: intel, host) }
    if units.contains(where: { $0.hasPrefix("ivhd") }) {
      // AMD-Vi remaps unless it is told not to, and then the command line is what has to be seen.
      return host.commandLine().judge("/proc/cmdline") { _ in
        .pass("AMD-Vi is up, and no option switches remapping off", citing: [.directory(IOMMUPaths.units)])
      }
    }
    return .unknown(.sourceAbsent, "no VT-d or AMD-Vi unit to tell", citing: [])
  }

  /// Every unit has to: a device is behind one of them.
  private static func remapping(intel units: [String], _ host: any HostSource) -> Judgement {
    var lost: Judgement?
    for unit in units.prefix(1024) {
      let ecap = host.read(.file("\(IOMMUPaths.units)/\(unit)/intel-iommu/ecap"), as: hexadecimal)
      let judgement = ecap.judge("\(unit) ecap") { value in
        value.bit(3)
          ? .pass("\(unit): ECAP[3] = 1", citing: [])
          : .fail(.interruptRemappingOff, "\(unit): ECAP[3] = 0", citing: [])
      }
      if judgement.verdict == .fail { return judgement }
      if judgement.verdict == .unknown { lost = lost ?? judgement }
    }
    if let lost { return lost }
    let line = host.commandLine()
    return line.judge("/proc/cmdline") { _ in
      .pass("ECAP[3] = 1 in \(units.count) of \(units.count) units", citing: [.directory(IOMMUPaths.units)])
    }
  }
}
