// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The Reverse Map Table, which the BIOS must have set aside memory for.
extension AMDSEVProbe {
  static let rmp = Rung(
    "rmp", .firmware, "the BIOS has reserved memory for the RMP",
    specification: "AMD APM vol. 2, 15.36.4; MSR C001_0132 RMP_BASE, C001_0133 RMP_END, C001_0136 RMP_CFG"
  ) { host in
    host.rmpTable().judge("RMP_BASE, RMP_END") { table in
      switch table {
      case .notReserved(let base, let end):
        .fail(
          .rmpNotReserved, "RMP_BASE = \(hex(base, width: 1)), RMP_END = \(hex(end, width: 1))",
          citing: [RMPTable.endQuestion])
      case .invalid(let base, let end):
        .fail(
          .rmpInvalid, "RMP_BASE = \(hex(base, width: 1)) is not below RMP_END = \(hex(end, width: 1))",
          citing: [RMPTable.endQuestion])
      case .contiguous(let base, let end):
        .pass(
          "\(hex(base, width: 1))–\(hex(end, width: 1)), \((end - base) >> 20) MiB",
          citing: [RMPTable.endQuestion])
      case .segmented(let base, let coverage): segments(base, coverage, host)
      }
    }
  }

  private static func segments(_ base: UInt64, _ coverage: UInt64, _ host: any HostSource) -> Judgement {
    host.segmentLimits().judge("CPUID Fn8000_0025") { limits in
      limits.takes(coverage)
        ? .pass(
          "segmented, from \(hex(base, width: 1)), 2^\(coverage) bytes a segment",
          citing: [RMPTable.configurationQuestion])
        : .fail(
          .rmpInvalid,
          "RMP_CFG[13:8] = \(coverage), outside Fn8000_0025_EAX: \(limits.smallest) to \(limits.largest)",
          citing: [RMPTable.configurationQuestion])
    }
  }

  static let rmpCoverage = Rung(
    "rmp-covers-ram", .firmware, "the RMP covers all memory",
    specification:
      "kernel 6.12 arch/x86/virt/svm/sev.c, snp_rmptable_init(): 16 bytes a page frame and 16 KiB"
  ) { host in
    host.rmpTable().judge("RMP_BASE, RMP_END") { table in
      switch table {
      case .contiguous(let base, let end): covered(by: end &- base &+ 1, host)
      case .segmented(_, let coverage): covered(bySegmentsOf: coverage, host)
      case .notReserved, .invalid:
        .unknown(.sourceAbsent, "there is no RMP whose size could be compared", citing: [])
      }
    }
  }

  private static func covered(by size: UInt64, _ host: any HostSource) -> Judgement {
    host.memoryEnd().judge("end of memory") { end in
      let enough = RMPTable.size(forMemoryEnd: end.atMost)
      if size >= enough {
        return .pass("\(size >> 20) MiB for memory up to \(hex(end.atMost, width: 1))", citing: [])
      }
      let needed = RMPTable.size(forMemoryEnd: end.atLeast)
      return size < needed
        ? .fail(.rmpTooSmall, "\(size >> 20) MiB, \((needed + 0xf_ffff) >> 20) MiB needed", citing: [])
        : .unknown(.sourceUnreadable, "memory ends too close to what the RMP covers to tell", citing: [])
    }
  }

  /// Which segments there are stands in memory that no program may read. Too few are plain from the registers; enough, only
  /// from what the kernel made of them.
  private static func covered(bySegmentsOf coverage: UInt64, _ host: any HostSource) -> Judgement {
    host.segmentLimits().judge("CPUID Fn8000_0025") { limits in
      host.memoryEnd().judge("end of memory") { end in
        let reach = limits.reach(coverage)
        return reach < end.atLeast
          ? .fail(
            .rmpTooSmall,
            "\(limits.most) segments of 2^\(coverage) bytes end at \(hex(reach, width: 1)), memory at \(hex(end.atLeast, width: 1))",
            citing: [RMPTable.configurationQuestion])
          : .unknown(
            .sourceAbsent, "which segments the RMP has is in memory that only the kernel reads",
            citing: [RMPTable.configurationQuestion])
      }
    }
  }
}
