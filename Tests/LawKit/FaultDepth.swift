// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How many faults are tried: a spread in every run of the tests, all of them with HOSTCAP_FAULTS=all, and all with little
/// garbage, for unoptimised code, with HOSTCAP_FAULTS=every.
public enum FaultDepth {
  private static let wish = ProcessInfo.processInfo.environment["HOSTCAP_FAULTS"]
  public static let isExhaustive = wish == "all" || wish == "every"

  /// A prime, so that every kind of fault has its turn.
  public static func step(short: Int) -> Int { isExhaustive ? 1 : short }

  /// Bytes. Judging a mebibyte takes a second without the optimiser.
  public static let garbage = wish == "all" ? Garbage.most : 5000

  /// Entries of a listing; `nil`: all of them vanish, one after the other.
  public static let entries = wish == "all" ? nil : 3

  /// Says what was tried, and how it went.
  public static func tell(_ host: String, _ law: FaultLaw, _ count: FaultCount) {
    print(
      "faults: \(host): \(count.trials) of \(law.trials.count) tried, \(count.violations.count) violations")
    if isExhaustive { count.lines.forEach { print("\($0) [\(host)]") } }
  }
}
