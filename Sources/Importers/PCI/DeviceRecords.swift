// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// Blocks that begin with `P: /devices/…`. Those of umockdev-record hold attributes, those of udevadm only properties.
enum DeviceRecords {
  private static let recordLimit = 262_144

  @Sendable static func recognises(_ input: Input) -> Bool {
    guard
      let first = input.lines.first(where: {
        !trimmed($0.bytes).isEmpty && $0.bytes.first != UInt8(ascii: "#")
      })
    else { return false }
    return first.bytes.starts(with: "P: /".utf8)
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    let records = try parse(input)
    let hasAttributes = records.contains { !$0.attributes.isEmpty || !$0.links.isEmpty }
    return hasAttributes
      ? input.machine("umockdev-record dump", try UmockdevTree(input.path).tree(of: records))
      : input.machine("udevadm export", try UdevTree(input.path).tree(of: records))
  }

  private static func parse(_ input: Input) throws(InputError) -> [DeviceRecord] {
    var records: [DeviceRecord] = []
    for line in input.lines {
      // What is no `X: ` belongs to a property with a newline in it.
      guard line.bytes.count > 3, line.bytes.dropFirst().starts(with: ": ".utf8), let tag = line.bytes.first
      else { continue }
      let value = line.bytes.dropFirst(3)
      if tag == UInt8(ascii: "P") {
        guard records.count < recordLimit, value.first == UInt8(ascii: "/") else {
          throw input.error(line: line.number, "not a device's path, or one too many")
        }
        records.append(DeviceRecord(path: String(decoding: value, as: UTF8.self)))
        continue
      }
      guard !records.isEmpty else { throw input.error(line: line.number, "before the first device's path") }
      guard add(tag, value, to: &records[records.count - 1]) else {
        throw input.error(line: line.number, "not NAME=VALUE")
      }
    }
    return records
  }

  /// False: a line of a kind we read, and not of its form.
  private static func add(_ tag: UInt8, _ value: ArraySlice<UInt8>, to record: inout DeviceRecord) -> Bool {
    let equals = value.firstIndex(of: UInt8(ascii: "="))
    let name = equals.map { String(decoding: value[..<$0], as: UTF8.self) }
    let rest = equals.map { value[value.index(after: $0)...] } ?? []
    switch (tag, name) {
    case (UInt8(ascii: "E"), let name?):
      record.properties.append((name, String(decoding: rest, as: UTF8.self)))
    case (UInt8(ascii: "A"), let name?): record.attributes.append((name, unescaped(rest)))
    case (UInt8(ascii: "H"), let name?):
      guard let bytes = bytes(hexadecimal: rest) else { return false }
      record.attributes.append((name, bytes))
    case (UInt8(ascii: "L"), let name?): record.links.append((name, String(decoding: rest, as: UTF8.self)))
    case (UInt8(ascii: "E"), nil), (UInt8(ascii: "A"), nil), (UInt8(ascii: "H"), nil): return false
    // `L: 0` is udev's link priority; N, S, Q, V and the like say nothing about the host.
    default: break
    }
    return true
  }

  /// `\\n` and `\\\\` stand for a newline and a backslash. Source: umockdev docs/script-format.txt.
  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in text {
      switch (isEscaped, byte) {
      case (false, UInt8(ascii: "\\")): isEscaped = true
      case (true, UInt8(ascii: "n")):
        bytes.append(0x0a)
        isEscaped = false
      default:
        bytes.append(byte)
        isEscaped = false
      }
    }
    return bytes
  }

  private static func bytes(hexadecimal text: ArraySlice<UInt8>) -> [UInt8]? {
    let digits = text.map(hexDigit)
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { (digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0) }
  }
}
