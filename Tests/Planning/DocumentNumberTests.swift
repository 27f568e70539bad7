// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Testing

@Suite struct DocumentNumberTests {
  /// To the base of 60, as PyYAML has it; `nil`: too large for a number, and so text.
  @Test(arguments: [
    ("1:30", 90), ("-1:00:01", -3601), ("+2:05", 125), ("1_0:00", 600), ("9:9:9:9:9:9:9:9:9:9:9:9:9:9", nil),
    ("0x1f", 31), ("017", 15), ("9223372036854775808", nil),
  ])
  func wholeNumbersAreReadAsYAMLHasThem(_ text: String, _ number: Int?) throws {
    let node = try Document(parsing: Array("\(text)\n".utf8), path: "numbers").root
    switch node.kind {
    case .integer(let value): #expect(value == number)
    case .text(let value): #expect(value == text && number == nil)
    default: Issue.record("\(node.kind)")
    }
  }
}
