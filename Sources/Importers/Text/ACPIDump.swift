// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// `acpidump`: each table's signature and address, then its bytes, sixteen a line.
enum ACPIDump {
  static let name = "acpidump text"
  private static let tables = "/sys/firmware/acpi/tables"
  /// Tables in one dump; real ones have some 40.
  private static let tableLimit = 4096

  @Sendable static func recognises(_ input: Input) -> Bool {
    guard let first = input.lines.first(where: { !trimmed($0.bytes).isEmpty }) else { return false }
    return signature(first.bytes) != nil
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var tables: [(signature: String, bytes: [UInt8])] = []
    for line in input.lines where !trimmed(line.bytes).isEmpty {
      if let signature = signature(line.bytes) {
        guard tables.count < tableLimit else {
          throw input.error(line: line.number, "more than \(tableLimit) tables")
        }
        tables.append((signature, []))
      } else if !tables.isEmpty, let row = row(line.bytes), row.offset == tables[tables.count - 1].bytes.count
      {
        tables[tables.count - 1].bytes += row.bytes
      } else if line.bytes.first == 0x20 || tables.isEmpty {
        // A line in column 0 is a message of acpidump's own.
        throw input.error(line: line.number, "not the next sixteen bytes of a table")
      }
    }
    return input.machine(name, try tree(of: tables, input))
  }

  /// The kernel's names: the signature, and a number from 1 behind it where several tables share it.
  /// Source: kernel drivers/acpi/sysfs.c, acpi_table_attr_init().
  private static func tree(
    of found: [(signature: String, bytes: [UInt8])], _ input: Input
  ) throws(InputError) -> FileTree {
    var tree = FileTree(input.path, others: .origin(.tree))
    // acpidump prints every table that the firmware has, so these two are known not to be there.
    for name in ["DMAR", "IVRS"] { tree.others[.file("\(tables)/\(name)")] = .absent }
    var seen: [String: Int] = [:]
    for table in found {
      seen[table.signature, default: 0] += 1
      let shared = found.count { $0.signature == table.signature } > 1
      let name = shared ? "\(table.signature)\(seen[table.signature] ?? 1)" : table.signature
      tree.others[.file("\(tables)/\(name)")] = nil
      try tree.addFile("\(tables)/\(name)", table.bytes)
    }
    return tree
  }

  /// `DMAR @ 0x00000000BF79E0D0`
  private static func signature(_ line: ArraySlice<UInt8>) -> String? {
    guard line.count > 8, line.dropFirst(4).starts(with: " @ 0x".utf8), hexadecimal(line.dropFirst(7)) != nil
    else {
      return nil
    }
    let name = line.prefix(4).map { (0x21..<0x7f).contains($0) && $0 != 0x2f && $0 != 0x2e ? $0 : 0x5f }
    return String(decoding: name, as: UTF8.self)
  }

  /// `    0010: 50 4F 57 45 …  POWE`
  private static func row(_ line: ArraySlice<UInt8>) -> (offset: Int, bytes: [UInt8])? {
    var line = line
    line.skipBlanks()
    guard let offset = line.takeHexadecimal(2...8), line.take(":") else { return nil }
    var bytes: [UInt8] = []
    while bytes.count < 16, line.first == 0x20 {
      var next = line.dropFirst()
      // Two blanks end the bytes; behind them the same bytes stand as text.
      guard let byte = next.takeHexadecimal(2...2), next.isEmpty || next.first == 0x20 else { break }
      bytes.append(UInt8(byte))
      line = next
    }
    return bytes.isEmpty ? nil : (Int(offset), bytes)
  }
}
