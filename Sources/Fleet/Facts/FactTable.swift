// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The tables of what hosts say, each thing once. Source: Schema/tables.sql.
public enum FactTable: String, Sendable, CaseIterable {
  case capabilityFact = "capability_fact"
  case capabilitySet = "capability_set"
  case deviceProduct = "device_product"
  case deviceOutcome = "device_outcome"
  case deviceSet = "device_set"
  case virtualFunctionSet = "virtual_function_set"
  case remarkSet = "remark_set"

  /// Rows of a set have its number in common; other rows have each their own.
  public var isSet: Bool { columns.first == "set_id" }

  /// In the table's order, the number first.
  public var columns: [String] {
    switch self {
    case .capabilityFact:
      [
        "fact", "capability", "state", "layer", "reason", "fix_kind", "fix", "because", "usable_from",
        "slots",
      ]
    case .capabilitySet: ["set_id", "capability", "fact"]
    case .deviceProduct: ["product", "kind", "id", "model", "type", "memory_gib"]
    case .deviceOutcome: ["outcome", "state", "layer", "reason", "fix_kind", "fix"]
    case .deviceSet: ["set_id", "product", "outcome", "units"]
    case .virtualFunctionSet: ["set_id", "id", "physical", "total", "active", "assigned", "free"]
    case .remarkSet: ["set_id", "kind", "reason", "text", "times"]
    }
  }

  /// The column of `host_span` that names a set of it, and the columns of a set's rows that name other rows.
  static let namedBySpans: [(column: String, table: FactTable)] = [
    ("capabilities", .capabilitySet), ("devices", .deviceSet), ("virtual_functions", .virtualFunctionSet),
    ("remarks", .remarkSet),
  ]
  static let namedBySets: [(set: FactTable, column: String, table: FactTable)] = [
    (.capabilitySet, "fact", .capabilityFact), (.deviceSet, "product", .deviceProduct),
    (.deviceSet, "outcome", .deviceOutcome),
  ]
}
