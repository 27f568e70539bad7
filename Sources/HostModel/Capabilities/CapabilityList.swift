// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// A function's capabilities in the order of their list, as far as that could be walked.
public struct CapabilityList: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public let id: UInt16
    /// Of the capability's first byte in configuration space.
    public let offset: Int
  }
  public private(set) var entries: [Entry] = []
  /// Why the walk stopped early, so that there may be more; `nil`: that was all.
  public private(set) var unknown: String?

  /// The first of a kind.
  public func first(_ id: UInt16) -> ConfigSpace.Presence {
    if let entry = entries.first(where: { $0.id == id }) { return .at(entry.offset) }
    return unknown.map(ConfigSpace.Presence.unknown) ?? .absent
  }

  /// Every one of a kind: they may repeat.
  public func offsets(_ id: UInt16) -> [Int] { entries.filter { $0.id == id }.map(\.offset) }

  /// Notes one more; `false`: the list has come back to where it was.
  fileprivate mutating func add(_ id: UInt16, at offset: Int) -> Bool {
    guard !entries.contains(where: { $0.offset == offset }) else { return false }
    entries.append(Entry(id: id, offset: offset))
    return true
  }

  fileprivate func ended(_ why: String) -> CapabilityList {
    var list = self
    list.unknown = why
    return list
  }
}

extension ConfigSpace {
  /// The standard capabilities. Source: PCI Local Bus Specification 3.0, 6.7.
  public var capabilities: CapabilityList {
    var list = CapabilityList()
    // Status, bit 4: there is a list.
    guard let status = word(6, as: UInt16.self), status.bit(4) else { return list }
    guard var offset = word(0x34, as: UInt8.self).map({ Int($0 & 0xfc) }) else { return list }
    // 48 capabilities of 4 bytes fill the 192 bytes behind the header.
    for _ in 0..<48 {
      if offset == 0 { return list }
      guard offset >= 0x40 else { return list.ended("the capability list is broken") }
      guard let id = word(offset, as: UInt8.self), let next = word(offset + 1, as: UInt8.self) else {
        return list.ended("only \(bytes.count) bytes of configuration space")
      }
      if id == 0xff { return list.ended("the capability list is broken") }
      guard list.add(UInt16(id), at: offset) else { break }
      offset = Int(next & 0xfc)
    }
    return list.ended("the capability list does not end")
  }

  /// The extended capabilities. Only PCI Express functions have any.
  /// Source: PCI Express Base Specification 6.0, 7.6.3.
  public var extendedCapabilities: CapabilityList {
    var list = CapabilityList()
    // 10h: PCI Express.
    switch capability(0x10) {
    case .absent: return list
    case .unknown(let why): return list.ended(why)
    case .at: break
    }
    var offset = 0x100
    // 480 capabilities of 8 bytes fill the 3840 bytes behind the first 256.
    for _ in 0..<480 {
      guard let header = word(offset, as: UInt32.self) else {
        return list.ended("only \(bytes.count) bytes of configuration space")
      }
      if header == 0 { return list }
      if header == .max { return list.ended("the extended capabilities read all ones") }
      guard list.add(UInt16(header.bits(0...15)), at: offset) else { break }
      offset = Int(header.bits(20...31) & 0xffc)
      if offset == 0 { return list }
      if offset < 0x100 { return list.ended("the extended capability list is broken") }
    }
    return list.ended("the extended capability list does not end")
  }
}
