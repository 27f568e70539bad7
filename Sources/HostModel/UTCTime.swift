// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A moment as RFC 3339 writes it, in UTC: `2026-07-01T12:00:00Z`.
///
/// Range: years 1970 to 9999. Source: RFC 3339 section 5.6; the calendar is the proleptic Gregorian one, without leap
/// seconds, as POSIX counts them.
public struct UTCTime: Sendable, Hashable, CustomStringConvertible {
  public let year, month, day, hour, minute, second: Int

  /// 9999-12-31T23:59:59Z.
  static let last: UInt64 = 253_402_300_799

  /// 1970-01-01T00:00:00Z.
  public static let epoch = UTCTime()

  private init() { (year, month, day, hour, minute, second) = (1970, 1, 1, 0, 0, 0) }

  /// `nil` for a year that RFC 3339 cannot write.
  public init?(secondsSince1970 seconds: UInt64) {
    guard seconds <= Self.last else { return nil }
    let clock = Int(seconds % 86_400)
    (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60)
    var day = Int(seconds / 86_400)
    var year = 1970
    while day >= Self.days(inYear: year) {
      day -= Self.days(inYear: year)
      year += 1
    }
    var month = 0
    while day >= Self.days(inMonth: month, of: year) {
      day -= Self.days(inMonth: month, of: year)
      month += 1
    }
    (self.year, self.month, self.day) = (year, month + 1, day + 1)
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private static func days(inYear year: Int) -> Int { isLeap(year) ? 366 : 365 }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    month == 1 && isLeap(year) ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
  }

  public var description: String {
    func digits(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
    let date = [digits(year, 4), digits(month, 2), digits(day, 2)].joined(separator: "-")
    return date + "T" + [hour, minute, second].map { digits($0, 2) }.joined(separator: ":") + "Z"
  }
}
