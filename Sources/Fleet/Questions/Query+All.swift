// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Query {
  /// Every file of SQL/, by name.
  public static let all: [Query] = texts.compactMap {
    Query(name: $0, sql: String(decoding: $1, as: UTF8.self))
  }

  public static func named(_ name: String) -> Query? { all.first { $0.name == name } }

  private static let texts: [(String, [UInt8])] = [
    ("changes", PackageResources.changes_sql),
    ("class_capabilities", PackageResources.class_capabilities_sql),
    ("classes", PackageResources.classes_sql),
    ("devices", PackageResources.devices_sql),
    ("drift", PackageResources.drift_sql),
    ("fleet", PackageResources.fleet_sql),
    ("funnel", PackageResources.funnel_sql),
    ("gate", PackageResources.gate_sql),
    ("history", PackageResources.history_sql),
    ("hosts", PackageResources.hosts_sql),
    ("interop", PackageResources.interop_sql),
    ("matrix", PackageResources.matrix_sql),
    ("problems", PackageResources.problems_sql),
    ("provider_changes", PackageResources.provider_changes_sql),
    ("provider_classes", PackageResources.provider_classes_sql),
    ("provider_devices", PackageResources.provider_devices_sql),
    ("provider_virtual_functions", PackageResources.provider_virtual_functions_sql),
    ("providers", PackageResources.providers_sql),
    ("rejected", PackageResources.rejected_sql),
    ("rejections", PackageResources.rejections_sql),
    ("remarks", PackageResources.remarks_sql),
    ("span", PackageResources.span_sql),
    ("stops", PackageResources.stops_sql),
    ("summary", PackageResources.summary_sql),
    ("virtual_functions", PackageResources.virtual_functions_sql),
  ]
}

/// The tables, and the views that queries read.
public enum SchemaText {
  public static var tables: String { String(decoding: PackageResources.tables_sql, as: UTF8.self) }
  /// As stores of schema 1 have them.
  static var firstTables: String { String(decoding: PackageResources.tables_1_sql, as: UTF8.self) }
  public static var views: String { String(decoding: PackageResources.views_sql, as: UTF8.self) }

  /// The statements of a text, without comments, which may hold semicolons.
  public static func statements(_ sql: String) -> [String] {
    sql.split(separator: "\n").filter { !$0.hasPrefix("--") }.joined(separator: "\n").split(separator: ";")
      .map { String($0.drop { $0 == "\n" }) }.filter { !$0.isEmpty }
  }
}
