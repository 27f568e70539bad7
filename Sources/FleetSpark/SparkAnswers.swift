// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import LiveHost
import StrictJSON
public import Tables
public import Tape

/// What `spark-sql` printed, as answers.
public struct SparkAnswers {
  /// A row is a few texts of a report.
  private static let lineLimit = 16 << 20

  /// One for each question of the script, in its order.
  ///
  /// - Parameter path: of a file that holds standard output.
  ///
  /// Errors: it cannot be read, or is not the whole answer to this script.
  public static func tables(_ script: SparkScript, from path: String) throws(InputError) -> [ResultTable] {
    var tables: [ResultTable] = []
    var rows: [[Cell]] = []
    var file = try LineFile(path, limit: lineLimit)
    var isWhole = false
    func close() {
      if !tables.isEmpty { tables[tables.count - 1].rows = rows }
      rows = []
    }
    while let line = try file.next() {
      guard let bytes = line.bytes, !isWhole else {
        throw InputError(path, line: line.number, "Spark said more than it was asked")
      }
      if bytes.first == UInt8(ascii: "{") {
        guard let table = tables.last, let row = row(bytes, table.columns) else {
          throw InputError(path, line: line.number, "Spark answered with what is no row of this query")
        }
        rows.append(row)
        continue
      }
      close()
      let text = String(decoding: bytes, as: UTF8.self)
      if text == SparkScript.end, tables.count == script.queries.count {
        isWhole = true
      } else if tables.count < script.queries.count, text == SparkScript.head(tables.count) {
        let query = script.queries[tables.count]
        tables.append(ResultTable(name: query.name, title: query.title, columns: query.columns, rows: []))
      } else {
        throw InputError(path, line: line.number, "Spark said what nobody asked")
      }
    }
    guard isWhole else { throw InputError(path, "Spark's answer ends before its end") }
    return tables
  }

  /// `nil`: other columns, or a value that is neither an integer nor a text. NULL is the empty text, as from SQLite.
  static func row(_ bytes: [UInt8], _ columns: [Column]) -> [Cell]? {
    guard let document = try? JSONDocument(bytes), let members = document.root.members else { return nil }
    var cells: [Cell] = []
    for member in members {
      guard cells.count < columns.count, member.key == columns[cells.count].name else { return nil }
      if let integer = member.integer {
        cells.append(.integer(integer))
      } else if let text = member.text {
        cells.append(.text(text))
      } else if member.isNull {
        cells.append(.text(""))
      } else {
        return nil
      }
    }
    return cells.count == columns.count ? cells : nil
  }
}
