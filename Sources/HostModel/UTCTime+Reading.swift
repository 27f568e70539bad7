// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension UTCTime {
  /// From RFC 3339 in UTC, `2026-07-01T12:00:00Z`, or from a date alone, whose first second it is. `nil`: anything else.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      let digits = bytes[range]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    func holds(_ places: [(Int, Character)]) -> Bool {
      places.allSatisfy { bytes[$0.0] == $0.1.asciiValue }
    }
    guard bytes.count == 20 || bytes.count == 10, holds([(4, "-"), (7, "-")]),
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      year >= 1970, (1...12).contains(month)
    else { return nil }
    var clock = (0, 0, 0)
    if bytes.count == 20 {
      guard holds([(10, "T"), (13, ":"), (16, ":"), (19, "Z")]), let hour = number(11..<13), hour < 24,
        let minute = number(14..<16), minute < 60, let second = number(17..<19), second < 60
      else { return nil }
      clock = (hour, minute, second)
    }
    guard let days = Self.daysSince1970(year, month, day) else { return nil }
    self.init(secondsSince1970: UInt64(days * 86_400 + clock.0 * 3600 + clock.1 * 60 + clock.2))
  }

  /// Whole seconds before it, down to 1970.
  public func earlier(by seconds: Int) -> UTCTime {
    UTCTime(secondsSince1970: UInt64(max(0, Int(secondsSince1970) - seconds))) ?? self
  }

  public func later(by seconds: Int) -> UTCTime {
    UTCTime(secondsSince1970: secondsSince1970 + UInt64(max(0, seconds))) ?? self
  }

  public var secondsSince1970: UInt64 {
    UInt64((Self.daysSince1970(year, month, day) ?? 0) * 86_400 + hour * 3600 + minute * 60 + second)
  }

  /// Of a date from 1970 on; `nil`: the month has no such day.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    func leaps(before year: Int) -> Int { (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 }
    let isLeap = leaps(before: year + 1) > leaps(before: year)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(day) else { return nil }
    let years = (year - 1970) * 365 + leaps(before: year) - leaps(before: 1970)
    return years + lengths[..<(month - 1)].reduce(0, +) + day - 1
  }
}
