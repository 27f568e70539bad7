// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// For whom an output is.
public enum Audience: String, Sendable, Hashable, CaseIterable {
  /// The provider whose hosts they are: everything as it is.
  case `internal`
  /// Everybody.
  case `public`
}

/// How exactly others see how many hosts there are.
public enum CountPrecision: String, Sendable, Hashable, CaseIterable {
  case exact
  /// `0`, `1-4`, `5-19`, `20-99` and `100+`.
  case bucket
  /// `no` and `yes`.
  case yesno

  /// What others see of a count. A count below 0 says nothing, and gives the empty text.
  func cell(_ count: Int64) -> Cell {
    switch (self, count) {
    case (_, ..<0): .text("")
    case (.exact, _): .integer(count)
    case (.yesno, _): .text(count == 0 ? "no" : "yes")
    case (.bucket, 0): .text("0")
    case (.bucket, 1...4): .text("1-4")
    case (.bucket, 5...19): .text("5-19")
    case (.bucket, 20...99): .text("20-99")
    case (.bucket, _): .text("100+")
    }
  }
}
