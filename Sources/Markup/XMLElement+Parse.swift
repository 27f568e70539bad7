// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CHost
import Glibc

extension XMLElement {
  /// Bytes of a document; libvirt's own limit for its documents over the wire is 4 MiB.
  /// Source: libvirt src/remote/remote_protocol.x, REMOTE_STRING_MAX.
  public static let documentLimit = 4 << 20
  /// Elements inside one another.
  public static let nestingLimit = 64
  /// Bytes of the events of one document: each attribute and each piece of text costs a few more than it is long.
  private static let eventLimit = 64 << 20
  /// Documents in one file.
  private static let documentsLimit = 65_536

  /// The one document in `bytes`, UTF-8. Blanks, comments and processing instructions may stand around it.
  public static func parse(_ bytes: [UInt8]) throws(XMLError) -> XMLElement {
    let documents = try parseAll(bytes)
    guard let first = documents.first else { throw XMLError(line: 1, "no element found") }
    guard documents.count == 1 else { throw XMLError(line: documents[1].line, "a second document begins") }
    return first.element
  }

  /// Every document in `bytes`, one after another, each with the line that it begins on or before. Empty: there is none.
  public static func parseAll(_ bytes: [UInt8]) throws(XMLError) -> [(line: Int, element: XMLElement)] {
    guard bytes.count <= documentLimit else { throw XMLError(line: 1, "larger than \(documentLimit) bytes") }
    var found: [(line: Int, element: XMLElement)] = []
    var rest = bytes[...]
    var line = 1
    while found.count < documentsLimit {
      // A declaration must come first in its document, so blanks before it go.
      while let byte = rest.first, byte <= 0x20 {
        line += byte == 0x0a ? 1 : 0
        rest = rest.dropFirst()
      }
      guard !rest.isEmpty, let document = try flatten(rest, firstLine: line) else { return found }
      var reader = EventReader(document.events[...])
      guard let element = reader.element() else { throw XMLError(line: line, "not understood") }
      found.append((line, element))
      line += rest.prefix(document.consumed).count { $0 == 0x0a }
      rest = rest.dropFirst(max(1, document.consumed))
    }
    throw XMLError(line: line, "more than \(documentsLimit) documents")
  }

  private static func flatten(
    _ bytes: ArraySlice<UInt8>, firstLine: Int
  ) throws(XMLError) -> (events: [UInt8], consumed: Int)? {
    var events: UnsafeMutablePointer<UInt8>? = nil
    var why: UnsafePointer<CChar>? = nil
    var (length, consumed, line) = (0, 0, UInt(1))
    // Safe: expat reads `bytes` only during the call; on success `events` holds `length` bytes that are ours to free,
    // otherwise nothing; `why` is a constant string.
    let status = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe chost_xml_flatten(
        buffer.baseAddress, buffer.count, UInt32(nestingLimit), eventLimit, &events, &length, &consumed,
        &line, &why)
    }
    if status == -ENODATA { return nil }
    guard status == 0 else {
      let reason = unsafe why.map { unsafe String(cString: $0) } ?? "not XML"
      throw XMLError(line: firstLine + Int(clamping: line) - 1, reason)
    }
    defer { unsafe free(events) }
    return (unsafe Array(UnsafeBufferPointer(start: events, count: length)), consumed)
  }

  /// The same bytes with each broken UTF-8 sequence replaced by U+FFFD: libvirt passes on what a BIOS vendor wrote, and
  /// some wrote 0xff.
  public static func repairedUTF8(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).utf8)
  }
}
