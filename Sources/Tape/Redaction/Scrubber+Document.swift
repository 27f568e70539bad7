// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

extension Scrubber {
  /// A document of libvirt's: the content of elements that name one machine or one part of it, and the rest scrubbed.
  ///
  /// Looks for tags, not for structure: a document that is not well formed is redacted as well as any.
  func document(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var copied = bytes.startIndex
    var at = bytes.startIndex
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      guard let close = bytes[open...].firstIndex(of: UInt8(ascii: ">")) else { break }
      at = close + 1
      guard let identity = Self.identity(bytes[(open + 1)..<close]) else { continue }
      let content = bytes[at...].prefix { $0 != UInt8(ascii: "<") }
      let value = trimmed(content)
      output += scrubbed(bytes[copied..<at], .prose)
      output +=
        content[..<value.startIndex] + replaced(Array(value), as: identity) + content[value.endIndex...]
      (at, copied) = (content.endIndex, content.endIndex)
    }
    return output + scrubbed(bytes[copied...], .prose)
  }

  /// What the content of the element is that `tag` opens.
  private static func identity(_ tag: ArraySlice<UInt8>) -> Identity? {
    guard tag.last != UInt8(ascii: "/"), tag.first != UInt8(ascii: "/") else { return nil }
    let name = String(decoding: tag.prefix { $0 > 0x20 }, as: UTF8.self)
    guard name == "entry" else { return elements[name] }
    // <entry name='serial'>: libvirt's sysinfo.
    let marks = tag.split { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
    let key = marks.count > 1 ? String(decoding: marks[1], as: UTF8.self) : ""
    return ["uuid": .uuid, "serial": .serial, "asset": .serial, "sku": .serial][key]
  }

  /// Source: libvirt docs/schemas, capability.rng, domaincaps.rng, nodedev.rng.
  private static let elements: [String: Identity] = [
    "uuid": .uuid, "serial": .serial, "serial_number": .serial, "cpu0Id": .serial, "cpu0id": .serial,
    "pdh": .serial,
    "certChain": .serial, "cert-chain": .serial, "certchain": .serial, "wwn": .serial, "wwnn": .serial,
    "wwpn": .serial,
    "fabric_wwn": .serial, "hostname": .hostName, "unique_id": .serial,
  ]
}
