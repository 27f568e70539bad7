// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@Suite struct CPUListTests {
  private func list(_ text: String) -> CPUList? { CPUList(Array(text.utf8)[...]) }

  @Test func rangesAndSingleNumbers() {
    #expect(list("0-3,8,10-11\n")?.ranges == [0...3, 8...8, 10...11])
    #expect(list("0-3,8,10-11\n")?.count == 7)
    #expect(list("8191")?.count == 1)
  }

  /// `offline` of a host with all CPUs online is a newline.
  @Test func emptyIsTheEmptySet() {
    #expect(list("\n")?.count == 0)
    #expect(list("") == nil)
  }

  @Test(arguments: [
    "3-1", "a", "0-", "-3", "0-1-2", "8192", "0-8192", "0,,3", ",", "0,", "0--3", "0 - 3",
    "18446744073709551616", "0-3,1", "5,4",
    "0x1", "(null)",
  ])
  func anyOtherFormIsRefused(text: String) {
    #expect(list(text) == nil)
  }
}
