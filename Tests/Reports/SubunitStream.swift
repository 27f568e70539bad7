// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A reader of subunit streams, written from the format's description and not from the writer.
enum SubunitStream {
  struct Packet {
    var length = 0
    /// Bytes that the length itself takes.
    var lengthWidth = 0
    var status: UInt16 = 0
    var seconds: UInt32?
    var testID = ""
    var tags: [String] = []
    var fileName: String?
    var content: [UInt8] = []
    var isEnd = false
    var text: String { String(decoding: content, as: UTF8.self) }
  }

  struct Damage: Error { let what: String }

  static func packets(_ bytes: [UInt8]) throws -> [Packet] {
    var reader = Reader(bytes: bytes[...])
    var packets: [Packet] = []
    while !reader.bytes.isEmpty { packets.append(try packet(&reader)) }
    return packets
  }

  private static func packet(_ stream: inout Reader) throws -> Packet {
    let whole = stream.bytes
    guard try stream.take(1) == [0xb3] else { throw Damage(what: "signature") }
    let flags = UInt16(try stream.integer(2))
    guard flags >> 12 == 2 else { throw Damage(what: "version") }
    var packet = Packet()
    let before = stream.bytes.count
    packet.length = try stream.number()
    packet.lengthWidth = before - stream.bytes.count
    guard packet.length <= whole.count, packet.length <= 4_194_303 else { throw Damage(what: "length") }
    let body = whole.prefix(packet.length)
    var end = Reader(bytes: body.suffix(4))
    guard try end.integer(4) == Int(checksum(body.dropLast(4))) else { throw Damage(what: "checksum") }
    var fields = Reader(bytes: body.dropLast(4).dropFirst(3 + packet.lengthWidth))
    if flags & 0x0200 != 0 {
      packet.seconds = UInt32(try fields.integer(4))
      guard try fields.number() == 0 else { throw Damage(what: "nanoseconds") }
    }
    if flags & 0x0800 != 0 { packet.testID = try fields.text() }
    if flags & 0x0080 != 0 {
      for _ in 0..<(try fields.number()) { packet.tags.append(try fields.text()) }
    }
    if flags & 0x0020 != 0, try fields.text() != "text/plain;charset=utf8" { throw Damage(what: "type") }
    if flags & 0x0040 != 0 {
      packet.fileName = try fields.text()
      packet.content = Array(try fields.take(try fields.number()))
    }
    guard fields.bytes.isEmpty, flags & 0x0408 == 0, flags & 0x0100 != 0 else { throw Damage(what: "fields") }
    (packet.status, packet.isEnd) = (flags & 7, flags & 0x0010 != 0)
    stream.bytes = whole.dropFirst(packet.length)
    return packet
  }

  /// Bit by bit, as RFC 1952 defines it.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var value: UInt32 = ~0
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
    }
    return ~value
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard count <= bytes.count else { throw Damage(what: "end") }
      defer { bytes = bytes.dropFirst(count) }
      return bytes.prefix(count)
    }

    mutating func integer(_ count: Int) throws -> Int { try take(count).reduce(0) { $0 << 8 | Int($1) } }

    mutating func number() throws -> Int {
      let first = try integer(1)
      let more = first >> 6
      return (first & 0x3f) << (8 * more) | (more > 0 ? try integer(more) : 0)
    }

    mutating func text() throws -> String {
      let bytes = try take(try number())
      guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
        throw Damage(what: "text")
      }
      return text
    }
  }
}
