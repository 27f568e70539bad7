// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension SCSName {
  /// The root disk: `200s`, or `3x10` for three of them.
  public struct Disk: Sendable, Hashable, CustomStringConvertible {
    public var count = 1
    /// `nil`: as large as the image needs.
    public var sizeGB: Int?
    /// `nil`: any.
    public var type: DiskType?

    public init(count: Int = 1, sizeGB: Int?, type: DiskType?) {
      (self.count, self.sizeGB, self.type) = (count, sizeGB, type)
    }

    public var description: String {
      let size = sizeGB.map { count == 1 ? "\($0)" : "\(count)x\($0)" } ?? ""
      return size + (type?.rawValue ?? "")
    }
  }

  /// `s` and `p` also promise that what is written survives a loss of power (scs-0110).
  public enum DiskType: String, Sendable, CaseIterable {
    case network = "n"
    case hdd = "h"
    case ssd = "s"
    case nvme = "p"

    /// The value of the extra spec `scs:disk0-type`. Source: SCS standard scs-0103 v1.2.
    public var extraSpec: String {
      switch self {
      case .network: "network"
      case .hdd: "hdd"
      case .ssd: "ssd"
      case .nvme: "nvme"
      }
    }
  }
}

extension NameScanner {
  /// What stands behind the hyphen; nothing at all is a disk too, of which neither size nor type is said.
  mutating func disk() throws(SCSNameError) -> SCSName.Disk {
    let start = self
    guard var size = number() else { return SCSName.Disk(sizeGB: nil, type: letter(SCSName.DiskType.self)) }
    var count = 1
    if take("x") {
      count = size
      guard let each = number() else { throw error("a number of disks stands before their size in GB") }
      size = each
    }
    guard count > 0, size > 0 else { throw start.error("a disk's number and size are positive") }
    return SCSName.Disk(count: count, sizeGB: size, type: letter(SCSName.DiskType.self))
  }
}
