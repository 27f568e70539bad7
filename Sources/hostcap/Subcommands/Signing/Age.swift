// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How old something may be, as it is typed: `30m`, `12h`, `7d`, `2w`.
struct Age: ExpressibleByArgument {
  /// A hundred years.
  private static let limit = 36_500 * 86_400
  private static let units: [Character: Int] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]

  let seconds: Int

  init?(argument: String) {
    guard let unit = argument.last.flatMap({ Self.units[$0] }),
      argument.dropLast().allSatisfy({ ("0"..."9").contains($0) }), let count = Int(argument.dropLast()),
      (1...Self.limit / unit).contains(count)
    else { return nil }
    seconds = count * unit
  }
}
