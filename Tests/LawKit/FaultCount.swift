// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What came of many faults.
public struct FaultCount: Sendable {
  /// Of one kind of fault.
  public struct Row: Sendable {
    public var trials = 0
    /// Verdicts that became unknown, that went, and that became something else than either.
    public var unknown = 0, gone = 0, other = 0
  }

  public var violations: [String] = []
  /// Verdicts that rightly became stronger, by the reason.
  public var exceptions: [String: Int] = [:]
  public private(set) var rows: [String: Row] = [:]

  public init() {}

  public var trials: Int { rows.values.reduce(0) { $0 + $1.trials } }

  /// - Parameter verdicts: those that changed; `nil`: it went.
  mutating func add(_ fault: Fault, _ verdicts: some Sequence<String?>) {
    var row = rows[fault.name] ?? Row()
    row.trials += 1
    for verdict in verdicts {
      switch verdict {
      case nil: row.gone += 1
      case "unknown": row.unknown += 1
      default: row.other += 1
      }
    }
    rows[fault.name] = row
  }

  public mutating func merge(_ other: FaultCount) {
    violations += other.violations
    exceptions.merge(other.exceptions, uniquingKeysWith: +)
    rows.merge(other.rows) { one, two in
      Row(
        trials: one.trials + two.trials, unknown: one.unknown + two.unknown, gone: one.gone + two.gone,
        other: one.other + two.other)
    }
  }

  /// A line for each kind of fault.
  public var lines: [String] {
    rows.sorted { $0.key < $1.key }.map { name, row in
      "faults: \(name): \(row.trials) tried; verdicts to unknown \(row.unknown), gone \(row.gone), to another \(row.other)"
    } + exceptions.sorted { $0.key < $1.key }.map { "faults: \($1) verdicts rightly stronger: \($0)" }
  }
}
