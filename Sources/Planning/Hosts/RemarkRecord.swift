// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import StrictJSON

/// A PCI physical function and how many virtual ones it has; what is not known is 0.
public struct PhysicalFunctionRecord: Sendable, Hashable {
  public let address: String
  public let vendor, device: String?
  /// `sriov_totalvfs`, `sriov_numvfs`; of the active ones those bound to VFIO; those that a guest could still have.
  public let total, active, assigned, free: Int
  /// Every rung of its ladder holds.
  public let isReady: Bool

  public init(
    address: String, vendor: String?, device: String?, total: Int, active: Int, assigned: Int, free: Int,
    isReady: Bool
  ) {
    (self.address, self.vendor, self.device) = (address, vendor, device)
    (self.total, self.active, self.assigned, self.free) = (total, active, assigned, free)
    self.isReady = isReady
  }

  /// `15b3:101d`; `nil`: not known.
  public var id: String? {
    guard let vendor, let device else { return nil }
    return "\(vendor):\(device)"
  }
}

/// What a report remarks beside its ladders.
public struct RemarkRecord: Sendable, Hashable {
  public enum Kind: String, Sendable { case finding, contradiction }
  public let kind: Kind
  /// One of hostcap's reasons, or the contradiction's id; empty: neither.
  public let reason: String
  public let text: String

  static func all(_ report: JSONElement) throws(ShapeError) -> [RemarkRecord] {
    let findings = try report.list("findings") { finding throws(ShapeError) in
      let cause = try CauseRecord(finding)
      return RemarkRecord(kind: .finding, reason: cause.reason ?? "", text: cause.because)
    }
    return try findings
      + report.list("contradictions") { contradiction throws(ShapeError) in
        RemarkRecord(
          kind: .contradiction,
          reason: try contradiction.member("id") { value throws(ShapeError) in try value.string() },
          text: try contradiction.member("meaning") { value throws(ShapeError) in try value.string() })
      }
  }
}
