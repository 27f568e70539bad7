// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// A dump as bytes, with what the importers ask of it.
struct Input: Sendable {
  let bytes: [UInt8]
  let path: String

  init(_ bytes: [UInt8], path: String) { (self.bytes, self.path) = (bytes, path) }

  /// Every line with its number counted from 1, without its newline and a carriage return before it.
  var lines: NumberedLines { NumberedLines(bytes[...]) }

  /// The first byte that is no blank, past a byte order mark.
  var firstByte: UInt8? {
    let bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    return bytes.first { $0 > 0x20 }
  }

  func error(line: Int? = nil, _ reason: String) -> InputError { InputError(path, line: line, reason) }

  func machine(_ format: String, _ source: any HostSource) -> [ImportedMachine] {
    [ImportedMachine(name: path, format: format, source: source)]
  }
}

/// The lines of a text, one at a time.
struct NumberedLines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>
  private var number = 0

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> (number: Int, bytes: ArraySlice<UInt8>)? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 0x0a) ?? rest.endIndex
    var line = rest[..<end]
    rest = rest[end...].dropFirst()
    if line.last == 0x0d { line.removeLast() }
    number += 1
    return (number, line)
  }
}

extension ArraySlice<UInt8> {
  /// Takes `prefix` off the front; false, and nothing taken, if it is not there.
  mutating func take(_ prefix: String) -> Bool {
    guard starts(with: prefix.utf8) else { return false }
    self = dropFirst(prefix.utf8.count)
    return true
  }

  /// Takes blanks and tabs off the front.
  mutating func skipBlanks() { self = drop { $0 == 0x20 || $0 == 0x09 } }

  /// Takes as many hexadecimal digits off the front as there are; `nil`, and nothing taken, unless their number is in
  /// `count`.
  mutating func takeHexadecimal(_ count: ClosedRange<Int>) -> UInt32? {
    let digits = prefix { hexDigit($0) != nil }
    guard count.contains(digits.count), digits.count <= 8 else { return nil }
    self = dropFirst(digits.count)
    return digits.reduce(0) { $0 << 4 | UInt32(hexDigit($1) ?? 0) }
  }

  /// Takes the next `count` bytes off the front; `nil`, and nothing taken, unless all are hexadecimal digits. What follows
  /// may be one too.
  mutating func takeHexadecimal(exactly count: Int) -> UInt32? {
    var digits = prefix(count)
    guard digits.count == count, let value = digits.takeHexadecimal(count...count) else { return nil }
    self = dropFirst(count)
    return value
  }

  /// Key and value around the first `separator`, blanks trimmed; `nil`: there is none.
  func keyAndValue(separator: UInt8) -> (key: String, value: String)? {
    guard let at = firstIndex(of: separator) else { return nil }
    return (text(self[..<at]), text(self[index(after: at)...]))
  }
}
