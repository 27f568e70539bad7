// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A moment or a day as reports and results have them: `2026-11-26T09:45:50Z`, `2026-11-26`.
struct Moment: Sendable, Hashable {
  /// Since 1970-01-01.
  private let day: Int
  /// Seconds of the day; `nil`: only the day is known.
  private let second: Int?

  /// `nil`: not written so.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      return bytes[range].reduce(0) { sum, byte in
        sum.flatMap { (0x30...0x39).contains(byte) ? $0 * 10 + Int(byte - 0x30) : nil }
      }
    }
    guard bytes.count >= 10, let year = number(0..<4), let month = number(5..<7), let date = number(8..<10),
      (1...12).contains(month), (1...31).contains(date)
    else { return nil }
    day = Self.days(year, month, date)
    if bytes.count >= 19, let hour = number(11..<13), let minute = number(14..<16),
      let second = number(17..<19)
    {
      self.second = hour * 3600 + minute * 60 + second
    } else {
      second = nil
    }
  }

  private init(day: Int) { (self.day, second) = (day, nil) }

  /// Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, days_from_civil.
  private static func days(_ year: Int, _ month: Int, _ date: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// `2026-11-26`. Source: the same, civil_from_days.
  var date: String {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let date = dayOfYear - (153 * month + 2) / 5 + 1
    let civil = month < 10 ? month + 3 : month - 9
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(yearOfEra + era * 400 + (civil <= 2 ? 1 : 0))-\(two(civil))-\(two(date))"
  }

  /// Since 1970-01-01.
  var minutes: Int { day * 1440 + (second ?? 0) / 60 }

  func after(days: Int) -> Moment { Moment(day: day + days) }

  /// `3 h`, `51 d`, `today`: how long before another.
  func age(at now: Moment) -> String {
    let days = now.day - day
    if let second, let nowSecond = now.second {
      let hours = (days * 86_400 + nowSecond - second) / 3600
      if hours < 48 { return hours <= 0 ? "now" : "\(hours) h" }
    }
    return days <= 0 ? "today" : "\(days) d"
  }
}
