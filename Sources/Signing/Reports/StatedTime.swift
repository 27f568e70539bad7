// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

/// A moment as a compliance report has it, which need not say its time zone.
///
/// Source: YAML 1.1, "Timestamp Language-Independent Type"; Python's datetime, whose text the SCS tools write.
public struct StatedTime: Sendable, Hashable, CustomStringConvertible {
  /// As it is written.
  public let description: String
  /// The earliest moment that it can mean. Without a time zone that is the one of the zone where the day begins first,
  /// UTC+14: somebody else's clock must make nothing look younger than it is, nor refuse it as being from the future.
  public let earliest: UTCTime
  public let hasZone: Bool

  /// For a refusal: as it is written, and what it was taken for.
  var explanation: String {
    hasZone ? description : "\(description) (of no time zone, so \(earliest) at the earliest)"
  }

  private static let eastmost = 14 * 3600

  /// `2026-11-22 11:13:50.910139`, `2026-11-22T11:13:50+01:00`, `2026-11-22T10:13:50Z`, `2026-11-22`. `nil`: anything else.
  public init?(_ text: String) {
    var rest = Substring(text)
    guard rest.utf8.count <= 64, rest.utf8.count == text.count, let date = Self.take(10, of: &rest) else {
      return nil
    }
    var clock = "00:00:00"
    var offset: Int?
    if !rest.isEmpty {
      guard let mark = rest.popFirst(), "Tt ".contains(mark), let time = Self.take(8, of: &rest) else {
        return nil
      }
      clock = time
      if rest.first == "." {
        rest.removeFirst()
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
      }
      if !rest.isEmpty {
        guard let found = Self.offset(rest) else { return nil }
        offset = found
      }
    }
    guard let local = UTCTime("\(date)T\(clock)Z") else { return nil }
    let east = offset ?? Self.eastmost
    (description, hasZone) = (text, offset != nil)
    earliest = east < 0 ? local.later(by: -east) : local.earlier(by: east)
  }

  private static func take(_ count: Int, of rest: inout Substring) -> String? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return String(rest.prefix(count))
  }

  /// Seconds east of Greenwich; `nil`: no zone.
  private static func offset(_ text: Substring) -> Int? {
    let text = text.drop { $0 == " " }
    if text == "Z" || text == "z" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }) else { return nil }
    let numbers = parts.compactMap { $0.allSatisfy { ("0"..."9").contains($0) } ? Int($0) : nil }
    guard numbers.count == parts.count, numbers[0] <= 14, numbers.count == 1 || numbers[1] < 60 else {
      return nil
    }
    let seconds = numbers[0] * 3600 + (numbers.count == 2 ? numbers[1] * 60 : 0)
    return sign == "-" ? -seconds : seconds
  }
}
