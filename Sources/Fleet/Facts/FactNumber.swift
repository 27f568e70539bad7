// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
public import Tables

/// What a row or a set is known by: 63 bits of SHA-256 of what it holds, the same on every machine.
///
/// Of a million different ones two share a number with a probability below one in ten million.
public enum FactNumber {
  /// Of the set that holds nothing.
  public static let nothing: Int64 = 0

  /// Of one row, without its number.
  public static func of(row cells: some Sequence<Cell>) -> Int64 { of(row: FactBytes(cells)) }

  static func of(row: FactBytes) -> Int64 { number(row.bytes) }

  /// Of a set's rows, without its number, in any order.
  public static func of(set rows: [some Sequence<Cell>]) -> Int64 {
    guard !rows.isEmpty else { return nothing }
    let parts = rows.map { FactBytes($0).bytes }.sorted { $0.lexicographicallyPrecedes($1) }
    return number(Array(parts.joined()))
  }

  private static func number(_ bytes: [UInt8]) -> Int64 {
    let first = SHA256.hash(data: bytes).prefix(8)
    return Int64(first.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & 0x7fff_ffff_ffff_ffff)
  }
}

/// A row as bytes: different rows have different ones.
struct FactBytes: Sendable, Hashable {
  /// Behind each cell, and behind the row: no admitted text holds either.
  private static let (cellEnd, rowEnd) = (UInt8(0x1f), UInt8(0x1e))

  private(set) var bytes: [UInt8] = []

  init(_ cells: some Sequence<Cell>) {
    bytes.reserveCapacity(256)
    for cell in cells {
      switch cell {
      case .integer(let value): bytes += String(value).utf8
      case .text(let text): bytes += text.utf8
      }
      bytes.append(Self.cellEnd)
    }
    bytes.append(Self.rowEnd)
  }

  /// FNV-1a: Swift's own way takes each byte by itself. Whoever chooses bytes that collide slows down one report.
  func hash(into hasher: inout Hasher) {
    var sum = UInt64(bytes.count)
    for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hasher.combine(sum)
  }
}
