// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostModel
import Testing

@Suite struct UTCTimeTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_782_907_200, "2026-07-01T12:00:00Z"),
      (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
      (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] as [(UInt64, String)])
  func secondsBecomeADate(_ seconds: UInt64, _ text: String) {
    #expect(UTCTime(secondsSince1970: seconds)?.description == text)
  }

  @Test func aYearOfFiveDigitsHasNoText() {
    #expect(UTCTime(secondsSince1970: 253_402_300_800) == nil)
    #expect(UTCTime(secondsSince1970: .max) == nil)
  }

  @Test func everyThousandthDayIsAsFoundationSaysIt() {
    for day in stride(from: 0 as UInt64, to: 2_900_000, by: 1000) {
      let seconds = day * 86_400 + day % 86_400
      let date = Date(timeIntervalSince1970: TimeInterval(seconds))
      #expect(UTCTime(secondsSince1970: seconds)?.description == date.formatted(.iso8601))
    }
  }
}
