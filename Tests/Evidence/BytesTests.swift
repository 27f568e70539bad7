// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@Suite struct BytesTests {
  private func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

  @Test func littleEndianReadsTheLowestByteFirst() {
    let bytes: [UInt8] = [0xff, 0x01, 0x02, 0x03, 0x04]
    #expect(littleEndian(bytes[...], at: 1, as: UInt32.self) == 0x0403_0201)
    #expect(littleEndian(bytes[1...], as: UInt16.self) == 0x0201)
    #expect(littleEndian(bytes[...], at: 4, as: UInt8.self) == 4)
  }

  @Test(arguments: [-1, 2, 5, Int.max, Int.min])
  func outsideIsNothingNotACrash(offset: Int) {
    #expect(littleEndian([1, 2, 3, 4, 5][...], at: offset, as: UInt32.self) == nil)
  }

  @Test func bytesOfAValueReadBack() {
    for value in [0, 1, 0x1234_5678_9abc_def0, UInt64.max] {
      #expect(littleEndian(littleEndianBytes(value)[...]) == value)
    }
  }

  @Test(
    arguments: [
      ("0", 0), (" 42\n", 42), ("18446744073709551615", UInt64.max), ("007", 7),
      ("18446744073709551616", nil), ("", nil), ("\n", nil), ("-1", nil), ("+1", nil), ("1 2", nil),
      ("0x10", nil), ("1.0", nil),
      ("000000000000000000001", nil),
    ] as [(String, UInt64?)])
  func decimalIsDigitsOnly(text: String, value: UInt64?) {
    #expect(decimal(bytes(text)) == value)
  }

  @Test(
    arguments: [
      ("-1\n", -1), ("0", 0), ("12", 12), ("-9223372036854775807", -9_223_372_036_854_775_807),
      ("9223372036854775807", .max), ("9223372036854775808", nil), ("-", nil), ("--1", nil), ("- 1", nil),
      ("-1-", nil),
    ] as [(String, Int64?)])
  func signedDecimalTakesOneSign(text: String, value: Int64?) {
    #expect(signedDecimal(bytes(text)) == value)
  }

  @Test(
    arguments: [
      ("0x15b3\n", 0x15b3), ("15B3", 0x15b3), ("0Xff", 0xff), ("ffffffffffffffff", .max), ("0", 0),
      ("0x", nil), ("", nil), ("0xg", nil), ("fffffffffffffffff", nil), ("0x0x1", nil), ("-1", nil),
    ] as [(String, UInt64?)])
  func hexadecimalTakesBothForms(text: String, value: UInt64?) {
    #expect(hexadecimal(bytes(text)) == value)
  }

  @Test func textIsTrimmedAndNeverBroken() {
    #expect(text(bytes(" \t a b \n\n")) == "a b")
    #expect(text([0x61, 0xff, 0x62, 0x00]) == "a\u{fffd}b")
    #expect(text([]).isEmpty)
    #expect(lines(bytes("a\n\nb\n")).map { text($0) } == ["a", "b"])
  }

  @Test func aBitAndARangeOfBits() {
    let ebx: UInt32 = 0x8000_41b3
    #expect(ebx.bit(31) && ebx.bit(0) && !ebx.bit(2))
    #expect(ebx.bits(0...5) == 0x33)
    #expect(ebx.bits(6...11) == 6)
    #expect(ebx.bits(0...31) == ebx)
    #expect(UInt64.max.bits(0...63) == .max)
  }
}
