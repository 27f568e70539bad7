// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Tables

extension Sheet {
  /// For spreadsheets, with the keys as the first line. Source: RFC 4180.
  func csv(_ rows: [Row]) -> [UInt8] {
    var bytes: [UInt8] = []
    Self.line(fields.map { .text($0.key) }, into: &bytes)
    for row in rows { Self.line(row.cells.map(\.value), into: &bytes) }
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

  /// Canonical, and written row by row: as values a large fleet's tables would take longer than all the rest.
  func json(_ rows: [Row], _ site: Site) -> [UInt8] {
    var bytes: [UInt8] = []
    func member(_ key: String, _ value: JSONValue) {
      bytes += (bytes.isEmpty ? "{\n  " : ",\n  ").utf8
      JSONString.write(key, into: &bytes)
      bytes += ": ".utf8
      value.write(into: &bytes, indented: false)
    }
    var places: [String: Int] = [:]
    for (place, field) in fields.enumerated() where places[field.key] == nil { places[field.key] = place }
    let columns = places.sorted { BoardFacts.precedes($0.key, $1.key) }
    member("at", .string(site.facts.stamp.at))
    member("build", .string(site.build))
    bytes += ",\n  \"columns\": [".utf8
    for (index, field) in fields.enumerated() {
      bytes += (index == 0 ? "\n    " : ",\n    ").utf8
      JSONString.write(field.key, into: &bytes)
    }
    bytes += (fields.isEmpty ? "],\n  \"rows\": [" : "\n  ],\n  \"rows\": [").utf8
    for (index, row) in rows.enumerated() {
      bytes += (index == 0 ? "\n    {" : ",\n    {").utf8
      var isFirst = true
      for (key, place) in columns where place < row.cells.count {
        bytes += (isFirst ? "\n      " : ",\n      ").utf8
        isFirst = false
        JSONString.write(key, into: &bytes)
        bytes += ": ".utf8
        switch row.cells[place].value {
        case .integer(let number): bytes += String(number).utf8
        case .text(let text): JSONString.write(text, into: &bytes)
        }
      }
      bytes += (isFirst ? "}" : "\n    }").utf8
    }
    bytes += (rows.isEmpty ? "]" : "\n  ]").utf8
    member("schema", "hostcap-board-table/1")
    member("title", .string(caption))
    bytes += "\n}\n".utf8
    return bytes
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
