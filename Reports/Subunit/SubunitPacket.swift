// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One packet of a subunit stream, version 2.
///
/// Shape: B3h, two bytes of flags with the version in the upper four bits, the packet's whole length as a number, the fields
/// that the flags announce, and the CRC-32 of all before it. Numbers are big-endian.
/// Source: python-subunit 1.4.6, README.rst, "Version 2", and subunit/v2.py.
struct SubunitPacket {
  enum Status: UInt16 {
    case undefined = 0
    case inProgress = 2
    case success = 3
    case skip = 5
    case fail = 6
  }

  /// A file that goes with a test, or a piece of it.
  struct Attachment {
    let name: String
    let content: ArraySlice<UInt8>
    let isLast: Bool
  }

  /// Bytes of a packet, the CRC included.
  static let limit = 4_194_303

  let testID: String
  var status = Status.undefined
  /// Seconds since 1970. Absent: not known, or past what the field's 32 bits hold.
  var time: UInt64?
  var tags: [String] = []
  var attachment: Attachment?

  func write(into output: inout [UInt8]) {
    var flags: UInt16 = 0x2000 | 0x0800 | 0x0100 | status.rawValue
    var fields: [UInt8] = []
    if let seconds = time.flatMap(UInt32.init(exactly:)) {
      flags |= 0x0200
      fields += Self.bytes(seconds)
      fields += Self.number(0)
    }
    fields += Self.text(testID)
    if !tags.isEmpty {
      flags |= 0x0080
      fields += Self.number(tags.count)
      for tag in tags { fields += Self.text(tag) }
    }
    if let attachment {
      flags |= 0x0020 | 0x0040
      if attachment.isLast { flags |= 0x0010 }
      fields += Self.text("text/plain;charset=utf8")
      fields += Self.text(attachment.name)
      fields += Self.number(attachment.content.count)
      fields += attachment.content
    }
    // The length counts itself: signature, flags, fields and CRC, and one to three bytes of its own.
    let rest = 1 + 2 + fields.count + 4
    let width = rest + 1 < 64 ? 1 : rest + 2 < 16_384 ? 2 : 3
    let start = output.count
    output += [0xb3, UInt8(flags >> 8), UInt8(flags & 0xff)]
    output += Self.number(rest + width)
    output += fields
    output += Self.bytes(CRC32.of(output[start...]))
  }

  private static func text(_ text: String) -> [UInt8] { number(text.utf8.count) + Array(text.utf8) }

  /// The upper two bits say how many bytes follow the first. Range: up to 2^30 - 1.
  private static func number(_ value: Int) -> [UInt8] {
    let bytes = bytes(UInt32(value))
    switch value {
    case ..<64: return [bytes[3]]
    case ..<16_384: return [bytes[2] | 0x40, bytes[3]]
    case ..<4_194_304: return [bytes[1] | 0x80, bytes[2], bytes[3]]
    default: return [bytes[0] | 0xc0, bytes[1], bytes[2], bytes[3]]
    }
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

/// The checksum of zlib and Ethernet. Source: RFC 1952 section 8.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
  }

  static func of(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { value, byte in value >> 8 ^ table[Int((value ^ UInt32(byte)) & 0xff)] }
  }
}
