// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

extension IOMMURungs {
  /// What QEMU gives a guest unless it is told otherwise. Source: QEMU target/i386/cpu.h, TCG_PHYS_ADDR_BITS.
  private static let usualGuestBits: UInt64 = 40

  /// Guest firmware lays large BARs to the end of the guest's addresses; where the IOMMU cannot reach that far, VFIO
  /// refuses to map them. AMD-Vi's page tables hold 64-bit addresses.
  public static let translationWidth = Rung(
    "translation-width", .capacity, "the IOMMU reaches a guest's highest addresses",
    specification: "Intel VT-d 4.1, 11.4.2, CAP bits 21:16 (MGAW); AMD I/O Virtualization 3.08, 2.2.3",
    isAdvisory: true
  ) { host in
    host.isIOMMUActive().judge("iommu_groups") { isActive in
      guard isActive else { return .notApplicable("no IOMMU is active", citing: []) }
      return host.iommuUnits().judge("IOMMU units") { units in
        let intel = units.filter { $0.hasPrefix("dmar") }
        if !intel.isEmpty { return narrowest(of: intel, host) }
        let citing = [Question.directory(IOMMUPaths.units)]
        return units.contains { $0.hasPrefix("ivhd") }
          ? .pass("AMD-Vi translates 64-bit addresses", citing: citing)
          : .notApplicable("asked of VT-d alone", citing: citing)
      }
    }
  }

  /// A device is behind one of them, and the narrowest decides for a guest that has several.
  private static func narrowest(of units: [String], _ host: any HostSource) -> Judgement {
    var narrowest: (unit: String, bits: UInt64, question: Question)?
    var lost: Judgement?
    for unit in units.prefix(1024) {
      let capability = host.read(.file("\(IOMMUPaths.units)/\(unit)/intel-iommu/cap"), as: hexadecimal)
      guard let value = capability.value else {
        lost = lost ?? capability.judge("\(unit) cap") { _ in .pass("", citing: []) }
        continue
      }
      let bits = (value >> 16) & 0x3f + 1
      if bits < narrowest?.bits ?? .max { narrowest = (unit, bits, capability.question) }
    }
    if let narrowest, narrowest.bits < usualGuestBits {
      return .warn(
        .translationNarrow, "\(narrowest.unit): MGAW of \(narrowest.bits) bits", citing: [narrowest.question])
    }
    if let lost { return lost }
    guard let narrowest else { return .unknown(.sourceAbsent, "no VT-d unit to tell", citing: []) }
    return .pass("\(narrowest.bits) bits or more in every unit", citing: [narrowest.question])
  }
}
