// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tables

/// The tables whose rows hold from one report until another. Source: Schema/tables.sql.
public enum FactTable: String, Sendable, CaseIterable {
  case host = "host_span"
  case capability = "capability_span"
  case device = "device_span"
  case virtualFunction = "virtual_function_span"
  case remark = "remark_span"

  /// What a row says, the key's columns first. Beside them stand host, valid_from and valid_to.
  public var columns: [String] { key + rest }

  /// What tells the rows of one host at one moment apart.
  public var key: [String] {
    switch self {
    case .host: []
    case .capability: ["capability"]
    case .device:
      ["kind", "id", "model", "type", "memory_gib", "state", "layer", "reason", "fix_kind", "fix"]
    case .virtualFunction: ["id"]
    case .remark: ["kind", "reason"]
    }
  }

  private var rest: [String] {
    switch self {
    case .host: ["environment", "class", "board", "cpu", "bios", "kernel"]
    case .capability:
      ["state", "layer", "reason", "fix_kind", "fix", "because", "usable_from", "slots"]
    case .device: ["units"]
    case .virtualFunction: ["physical", "total", "active", "assigned", "free"]
    case .remark: ["text", "times"]
    }
  }
}

/// What one report comes to: rows of each table.
public struct HostFacts: Sendable, Hashable {
  public internal(set) var rows: [FactTable: Set<[Cell]>] = [:]

  /// A text with a control character other than line end and tabulator; `nil`: there is none. SQLite would end a text at
  /// the first zero.
  var firstControl: String? {
    for case .text(let text) in rows.values.joined().joined() where text.utf8.contains(where: Self.isControl)
    {
      return text
    }
    return nil
  }

  static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x0a && byte != 0x09 || byte == 0x7f }
}
