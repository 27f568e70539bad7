// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Tables

extension Sheet {
  /// For spreadsheets, with the keys as the first line. Source: RFC 4180.
  func csv(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    Self.line(fields.map { .text($0.key) }, into: &bytes)
    for row in rows[range] { Self.line(row.cells.map(\.value), into: &bytes) }
    return bytes
  }

  private static func line(_ cells: [Cell], into bytes: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2c) }
      switch cell {
      case .integer(let number): bytes += String(number).utf8
      case .text(let text): field(text, into: &bytes)
      }
    }
    bytes += [0x0d, 0x0a]
  }

  /// Quoted wherever needed; a text that a spreadsheet would take for a formula gets an apostrophe.
  private static func field(_ text: String, into bytes: inout [UInt8]) {
    let plain = Array(text.utf8.filter { $0 != 0 })
    let isFormula = plain.first.map { [0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d].contains($0) } ?? false
    let needsQuotes = plain.contains { [0x2c, 0x22, 0x0a, 0x0d].contains($0) }
    if needsQuotes { bytes.append(0x22) }
    if isFormula { bytes.append(0x27) }
    for byte in plain {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    if needsQuotes { bytes.append(0x22) }
  }

  func json(_ range: Range<Int>, _ site: Site) -> [UInt8] {
    let rows = rows[range].map { row -> JSONValue in
      .object(
        Dictionary(zip(fields, row.cells).map { ($0.key, $1.value.json) }) { first, _ in first })
    }
    let document: JSONValue = [
      "schema": "hostcap-board-table/1", "build": .string(site.build), "at": .string(site.facts.stamp.at),
      "title": .string(caption), "columns": .array(fields.map { .string($0.key) }), "rows": .array(rows),
    ]
    return document.file
  }
}

extension Cell {
  var json: JSONValue {
    switch self {
    case .integer(let number): .integer(number)
    case .text(let text): .string(text)
    }
  }
}

extension JSONValue {
  /// Its text and a line's end.
  var file: [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes)
    bytes.append(0x0a)
    return bytes
  }
}
