// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

// Answers of which the form is known.
extension Scrubber {
  /// The whole answer is one identity; blanks and a newline behind it stay. An empty answer names nobody.
  func replaced(_ bytes: [UInt8], as identity: Identity) -> [UInt8] {
    let value = Array(trimmed(bytes[...]))
    guard !value.isEmpty else { return bytes }
    return pseudonym(value, as: identity) + (bytes.last == 0x0a ? [0x0a] : [])
  }

  private func pseudonym(_ value: [UInt8], as identity: Identity) -> [UInt8] {
    switch identity {
    case .machine where value.count == 32 && value.allSatisfy({ hexDigit($0) != nil }):
      return pseudonyms.machine(value.map(lowerCase))
    case .uuid where Shape.uuid(value[...]) == value.count: return pseudonyms.uuid(value[...])
    case .hostName:
      let nobodys = ["localhost", "localhost.localdomain", "(none)", "none"]
      return nobodys.contains { value.elementsEqual($0.utf8) } ? value : pseudonyms.hostName(value[...])
    default: return pseudonyms.serial(value)
    }
  }

  /// `/sys/class/net/*/address`: pairs as many as the kind of hardware has; a tunnel has its IP address there.
  func interfaceAddress(_ bytes: [UInt8]) -> [UInt8] {
    let value = trimmed(bytes[...])
    guard Shape.pairs(value, atLeast: 1) == value.count else { return scrubbed(bytes[...], .prose) }
    return pairs(value) + (bytes.last == 0x0a ? [0x0a] : [])
  }

  /// Names of a directory, in order again.
  func nameList(_ bytes: [UInt8]) -> [UInt8] {
    let names = lines(bytes[...]).map { scrubbed($0, .attribute) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 + [0x0a] }
  }

  /// Lines of a key, `:` or `=`, and a value: the values of `keys` are serial numbers, the rest is scrubbed.
  func keyedLines(_ bytes: [UInt8], keys: [String], _ scope: Scope) -> [UInt8] {
    if scope != .prose, !Self.mayHold(keys, bytes) { return scrubbed(bytes, scope) }
    let output = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { line -> [UInt8] in
      guard let mark = line.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }),
        case let key = trimmed(line[..<mark]), keys.contains(where: { key.elementsEqual($0.utf8) })
      else { return scrubbed(line, scope) }
      let value = trimmed(line[(mark + 1)...])
      return Array(line[..<value.startIndex]) + (value.isEmpty ? [] : pseudonyms.serial(Array(value)))
    }
    return Array(output.joined(separator: [0x0a]))
  }

  /// Whether some line begins as a key does. What is looked for beside them ends with its line at the latest.
  private static func mayHold(_ keys: [String], _ bytes: [UInt8]) -> Bool {
    var isStart = true
    for byte in bytes {
      if isStart, byte > 0x20 {
        if keys.contains(where: { $0.utf8.first == byte }) { return true }
        isStart = false
      } else if byte == 0x0a {
        isStart = true
      }
    }
    return false
  }
}
