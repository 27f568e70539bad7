// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import FoundationEssentials
public import HostModel

/// `devices.json`: what makers say of devices, by vendor and device id. Decoded once, when the first candidate asks.
///
/// A member that is left out is not known. A row with a `subsystem` goes before the row without one.
public struct DeviceTable: Sendable {
  public struct Row: Decodable, Sendable {
    /// Four lower-case hexadecimal digits each; the subsystem is `vvvv:dddd`.
    let vendor, device: String
    let subsystem: String?
    public let name, kind: String
    let architecture: String?
    let memoryGiB, units: Int?
    let unit: String?
    let migCapable, ccCapable, teeIO: Bool?
    let scs: String?
    /// Device ids of its virtual functions.
    let vfs: [String]?
    /// Keys of `sources`.
    let sources: [String]
  }

  /// Title of each source.
  let sources: [String: String]
  let rows: [Row]
  private let byID: [UInt32: [Int]]
  private let byVirtualID: [UInt32: [Int]]

  public static let embedded = DeviceTable(PackageResources.devices_json)

  /// Bytes of another form make an empty table: everything is then unclassified.
  init(_ bytes: [UInt8]) {
    struct File: Decodable {
      let sources: [String: String]
      let devices: [Row]
    }
    let file: File
    do { file = try JSONDecoder().decode(File.self, from: Data(bytes)) } catch {
      file = File(sources: [:], devices: [])
    }
    (sources, rows) = (file.sources, file.devices)
    var byID: [UInt32: [Int]] = [:]
    var byVirtualID: [UInt32: [Int]] = [:]
    for (index, row) in file.devices.enumerated() {
      byID[Self.key(row.vendor, row.device), default: []].append(index)
      for device in row.vfs ?? [] { byVirtualID[Self.key(row.vendor, device), default: []].append(index) }
    }
    (self.byID, self.byVirtualID) = (byID, byVirtualID)
  }

  /// The row of a function; `nil`: the table does not hold it.
  /// Names of every row.
  public var names: Set<String> { Set(rows.map(\.name)) }

  public func row(for function: PCIFunction) -> Row? {
    guard let key = Self.key(function) else { return nil }
    let found = (byID[key] ?? []).map { rows[$0] }
    return found.first { $0.subsystem != nil && $0.subsystem == function.subsystem }
      ?? found.first { $0.subsystem == nil }
  }

  /// The one row whose virtual functions have this function's id; `nil`: none has, or several have.
  public func row(forVirtual function: PCIFunction) -> Row? {
    guard let found = Self.key(function).flatMap({ byVirtualID[$0] }), found.count == 1 else { return nil }
    return rows[found[0]]
  }

  private static func key(_ vendor: String, _ device: String) -> UInt32 {
    UInt32(vendor + device, radix: 16) ?? 0
  }

  private static func key(_ function: PCIFunction) -> UInt32? {
    guard let vendor = function.vendor, let device = function.device else { return nil }
    return UInt32(vendor) << 16 | UInt32(device)
  }
}

extension DeviceTable {
  public func model(_ row: Row) -> AcceleratorModel {
    AcceleratorModel(
      name: row.name, architecture: row.architecture, memoryGiB: row.memoryGiB, units: row.units,
      unit: row.unit, isMIGCapable: row.migCapable, isCCCapable: row.ccCapable, hasTEEIO: row.teeIO,
      scsNamePiece: row.scs, sources: titles(row))
  }

  /// A virtual function has a part of its parent's memory and units, which nobody says.
  public func virtualModel(_ row: Row) -> AcceleratorModel {
    AcceleratorModel(
      name: "\(row.name) (virtual function)", architecture: row.architecture, isCCCapable: row.ccCapable,
      sources: titles(row))
  }

  private func titles(_ row: Row) -> [String] { row.sources.map { sources[$0] ?? $0 } }
}

extension DeviceTable {
  /// Vendors of the table's rows, so that it is decoded only where one of them is.
  static let vendors: Set<UInt16> = [0x1002, 0x10de, 0x10ee, 0x15b3, 0x1da3, 0x1dd8, 0x8086]
}

extension PCIFunction {
  /// Classes under which devices of the table come; the others are not looked up. A function without a class is.
  /// Source: PCI Code and ID Assignment 1.16, chapter 1.
  public var mayBeInTable: Bool {
    guard let classAndSubclass, let vendor else { return vendor != nil }
    guard DeviceTable.vendors.contains(vendor) else { return false }
    switch classAndSubclass >> 8 {
    // Network, display, cryptography, signal processing, processing accelerators, devices of no class.
    case 0x02, 0x03, 0x10, 0x11, 0x12, 0xff: return true
    // Other bridge device, other system peripheral, co-processor.
    default: return [0x0680, 0x0880, 0x0b40].contains(classAndSubclass)
    }
  }

  /// `10de:14a9`
  fileprivate var subsystem: String? {
    guard let subsystemVendor, let subsystemDevice else { return nil }
    return "\(digits(subsystemVendor, width: 4)):\(digits(subsystemDevice, width: 4))"
  }
}
