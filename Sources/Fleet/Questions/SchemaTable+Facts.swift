// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension SchemaTable {
  /// The folder of its fact files: its name, and of `host_span` `host_seen`, for a fact is of one report.
  public var factName: String { isSpan ? "\(name.dropLast("span".count))seen" : name }

  /// What a line of its fact files has. Of spans the report that says so, in place of two times.
  public var factColumns: [Column] {
    guard isSpan else { return columns }
    let report = ["host", "observed_at", "digest"].map { Column(name: $0, isInteger: $0 == "host") }
    return report + facts
  }

  /// Of spans what a report says, without whose and when.
  public var facts: [Column] { columns.filter { !["host", "valid_from", "valid_to"].contains($0.name) } }
}
