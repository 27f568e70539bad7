// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Bytes to words, numbers, lines. Nothing here asks a host.

/// Little-endian unsigned integer of `Value`'s width at `offset` from the start; `nil` past the end.
public func littleEndian<Value: FixedWidthInteger & UnsignedInteger>(
  _ bytes: ArraySlice<UInt8>, at offset: Int = 0, as type: Value.Type = Value.self
) -> Value? {
  let width = Value.bitWidth / 8
  guard offset >= 0, bytes.count >= width, offset <= bytes.count - width else { return nil }
  var value: Value = 0
  for index in (0..<width).reversed() {
    value = value << 8 | Value(truncatingIfNeeded: bytes[bytes.startIndex + offset + index])
  }
  return value
}

/// The bytes of `value`, lowest first.
public func littleEndianBytes(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
  (0..<(type(of: value).bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// Without blanks and newlines at either end.
public func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var bytes = bytes
  while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
  while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
  return bytes
}

/// For people and for comparing words: UTF-8, broken bytes replaced, without blanks at either end.
public func text(_ bytes: ArraySlice<UInt8>) -> String {
  String(decoding: trimmed(bytes), as: UTF8.self)
}

/// The lines of a file, without their newlines; empty ones are left out.
public func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
  bytes.split(separator: UInt8(ascii: "\n"))
}

/// Digits only, as sysfs prints a count (`%u`); blanks around are allowed.
public func decimal(_ bytes: ArraySlice<UInt8>) -> UInt64? {
  let digits = trimmed(bytes)
  guard (1...20).contains(digits.count) else { return nil }
  var value: UInt64 = 0
  for byte in digits {
    guard (0x30...0x39).contains(byte) else { return nil }
    let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    let (next, isTooLargeStill) = tens.addingReportingOverflow(UInt64(byte - 0x30))
    if isTooLarge || isTooLargeStill { return nil }
    value = next
  }
  return value
}

/// As `decimal`, with a sign allowed (`%d`), as `numa_node` prints.
public func signedDecimal(_ bytes: ArraySlice<UInt8>) -> Int64? {
  let digits = trimmed(bytes)
  guard digits.first == UInt8(ascii: "-") else { return decimal(digits).flatMap { Int64(exactly: $0) } }
  guard let first = digits.dropFirst().first, first > 0x20 else { return nil }
  return decimal(digits.dropFirst()).flatMap { Int64(exactly: $0) }.map(-)
}

/// Hexadecimal digits with or without `0x`, as sysfs prints an id (`0x%04x`, `%x`).
public func hexadecimal(_ bytes: ArraySlice<UInt8>) -> UInt64? {
  var digits = trimmed(bytes)
  if digits.count > 2, digits.starts(with: "0x".utf8) || digits.starts(with: "0X".utf8) {
    digits = digits.dropFirst(2)
  }
  guard (1...16).contains(digits.count) else { return nil }
  var value: UInt64 = 0
  for byte in digits {
    guard let digit = hexDigit(byte) else { return nil }
    value = value << 4 | UInt64(digit)
  }
  return value
}

/// The value of one hexadecimal digit of either case.
public func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x41 + 10
  case 0x61...0x66: byte - 0x61 + 10
  default: nil
  }
}
