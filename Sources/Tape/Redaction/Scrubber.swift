// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Finds identities by their form in any text, and puts pseudonyms in their place.
struct Scrubber {
  /// What is looked for besides hardware addresses, UUIDs and names made of them.
  enum Scope {
    /// Nothing: a closed vocabulary, in which a host's name would be somebody else's word.
    case vocabulary
    /// The host's name where it is unmistakable.
    case attribute
    /// The host's name and IP addresses.
    case prose
  }

  /// A stretch of text that has one of the forms.
  private enum Token {
    case pairs, uuid, interface, worldWideName, ipv4, ipv6, hostName
  }

  let pseudonyms: Pseudonyms
  private let names: HostNames

  init(_ pseudonyms: Pseudonyms, names: HostNames) { (self.pseudonyms, self.names) = (pseudonyms, names) }

  func scrubbed(_ text: ArraySlice<UInt8>, _ scope: Scope) -> [UInt8] { changed(text, scope) ?? Array(text) }

  func scrubbed(_ text: [UInt8], _ scope: Scope) -> [UInt8] { changed(text[...], scope) ?? text }

  /// `nil`: nothing in it is to be replaced.
  private func changed(_ text: ArraySlice<UInt8>, _ scope: Scope) -> [UInt8]? {
    rewritten(text, scope) { token, original in
      let pseudonym = replacement(token, original)
      pseudonyms.remember(pseudonym, for: original)
      return pseudonym
    }
  }

  /// The path as the host knows it: pseudonyms given out before become the names they stand for.
  func restored(_ path: String) -> String {
    guard pseudonyms.hasOriginals else { return path }
    let bytes = rewritten(Array(path.utf8)[...], .attribute) { _, token in
      pseudonyms.original(of: token) ?? Array(token)
    }
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? path
  }

  /// `nil`: it holds nothing of what is looked for.
  private func rewritten(
    _ text: ArraySlice<UInt8>, _ scope: Scope, _ replace: (Token, ArraySlice<UInt8>) -> [UInt8]
  ) -> [UInt8]? {
    let candidates = candidates(scope)
    guard text.count >= shortest(scope, candidates) else { return nil }
    var output: [UInt8] = []
    var (at, copied) = (text.startIndex, text.startIndex)
    while let start = nextWord(text, from: at, scope, candidates) {
      if let (token, length) = token(text, start, scope, candidates) {
        output += text[copied..<start]
        output += replace(token, text[start..<(start + length)])
        at = start + length
        copied = at
      } else {
        at = Self.wordEnd(text, from: start)
      }
    }
    return copied == text.startIndex ? nil : output + text[copied...]
  }

  /// Where the next word is that may be one of what is looked for, told by how it begins: nearly none is. `nil`: there is none.
  /// - Parameter from: where no word is cut in two.
  @_optimize(speed)
  private func nextWord(
    _ text: ArraySlice<UInt8>, from: Int, _ scope: Scope, _ candidates: [[UInt8]]
  ) -> Int? {
    let bytes = text.span
    var at = from - text.startIndex
    while at < bytes.count {
      let first = bytes[at]
      guard Shape.isWord(first) else {
        at += 1
        continue
      }
      let start = at
      var digits = 0
      while at < bytes.count, digits < 9, hexDigit(bytes[at]) != nil { (at, digits) = (at + 1, digits + 1) }
      let mayBegin =
        digits == 8 || digits == 2 && Self.mayBePairs(bytes, from: start) || digits > 0 && scope == .prose
        || Shape.isInitial(first) && bytes.count - start >= Self.shortestForm
        || candidates.contains { $0.first == lowerCase(first) }
      if mayBegin { return start + text.startIndex }
      while at < bytes.count, Shape.isWord(bytes[at]) { at += 1 }
    }
    return nil
  }

  /// Whether the first three pairs of what has six or more are there: of most PCI addresses they are not.
  private static func mayBePairs(_ bytes: Span<UInt8>, from start: Int) -> Bool {
    guard start + 8 < bytes.count else { return false }
    let separator = bytes[start + 2]
    return separator == bytes[start + 5] && separator == bytes[start + 8]
  }

  private static func wordEnd(_ text: ArraySlice<UInt8>, from start: Int) -> Int {
    var at = start
    while at < text.endIndex, Shape.isWord(text[at]) { at += 1 }
    return at
  }

  private func candidates(_ scope: Scope) -> [[UInt8]] {
    switch scope {
    case .vocabulary: []
    case .attribute: names.inAttributes
    case .prose: names.inProse
    }
  }

  /// Bytes; nothing shorter holds anything that is looked for: `enx` and 12 digits, a name, an address like `1::2`.
  private func shortest(_ scope: Scope, _ candidates: [[UInt8]]) -> Int {
    scope == .prose ? 3 : min(Self.shortestForm, candidates.last?.count ?? Self.shortestForm)
  }

  private static let shortestForm = 15

  /// Most words are told by how they begin.
  private func token(
    _ text: ArraySlice<UInt8>, _ at: Int, _ scope: Scope, _ candidates: [[UInt8]]
  ) -> (Token, Int)? {
    let digits = Shape.digitCount(text, from: at)
    if digits == 8, let length = Shape.uuid(text[at...]) { return (.uuid, length) }
    if digits == 2, let length = Shape.pairs(text[at...]) { return (.pairs, length) }
    if digits > 0, scope == .prose {
      if let length = Shape.ipv4(text[at...]), !isVersion(text[..<at]) { return (.ipv4, length) }
      if !Shape.isInsideGroups(text, at), let length = Shape.ipv6(text[at...]) { return (.ipv6, length) }
    }
    if text.endIndex - at >= Self.shortestForm, Shape.isInitial(text[at]) {
      if let length = Shape.interface(text[at...]) { return (.interface, length) }
      if let length = Shape.worldWideName(text[at...]) { return (.worldWideName, length) }
      if let length = Shape.hostPseudonym(text[at...]) { return (.hostName, length) }
    }
    let first = lowerCase(text[at])
    guard candidates.contains(where: { $0.first == first }) else { return nil }
    return hostName(text[at...], candidates).map { (.hostName, $0) }
  }

  /// The host's name as a whole word, with the domain behind it.
  private func hostName(_ text: ArraySlice<UInt8>, _ candidates: [[UInt8]]) -> Int? {
    for name in candidates where text.count >= name.count {
      guard zip(text, name).allSatisfy({ lowerCase($0) == $1 }),
        text.dropFirst(name.count).first.map(Shape.isWord) != true
      else { continue }
      return name.count + domainLength(text.dropFirst(name.count))
    }
    return nil
  }

  /// `.example.com` and the like.
  private func domainLength(_ text: ArraySlice<UInt8>) -> Int {
    var at = text.startIndex
    while at < text.endIndex, text[at] == UInt8(ascii: ".") {
      let label = text[(at + 1)...].prefix { Shape.isWord($0) || $0 == UInt8(ascii: "-") }
      guard !label.isEmpty else { break }
      at = label.endIndex
    }
    return at - text.startIndex
  }

  /// Whether the word before says that four numbers are a version: firmware and TDX modules have such.
  private func isVersion(_ before: ArraySlice<UInt8>) -> Bool {
    let word = before.reversed().drop { !Shape.isWord($0) }.prefix(while: Shape.isWord).prefix(16)
    return Self.versionWords.contains(String(decoding: word.reversed().map(lowerCase), as: UTF8.self))
  }

  private static let versionWords: Set<String> = [
    "version", "ver", "v", "fw", "firmware", "module", "api", "build", "revision",
  ]

  private func replacement(_ token: Token, _ original: ArraySlice<UInt8>) -> [UInt8] {
    switch token {
    case .uuid: return pseudonyms.uuid(original)
    case .interface:
      // Every such prefix ends with its only x.
      let prefix = original.prefix { $0 != UInt8(ascii: "x") }.count + 1
      return original.prefix(prefix)
        + hexadecimal(pseudonyms.hardwareAddress(bytes(original.dropFirst(prefix))))
    case .pairs: return pairs(original)
    case .hostName: return pseudonyms.hostName(original)
    case .ipv4: return isNobodys(original) ? Array(original) : pseudonyms.ipv4(original)
    case .ipv6: return original.starts(with: "2001:db8:".utf8) ? Array(original) : pseudonyms.ipv6(original)
    case .worldWideName:
      let prefix = original.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
      return Array(prefix) + [original[prefix.endIndex]]
        + pseudonyms.serial(Array(original.dropFirst(prefix.count + 1)))
    }
  }

  /// The same number of pairs with the same separator; the same address has the same pseudonym under both.
  func pairs(_ original: ArraySlice<UInt8>) -> [UInt8] {
    let address = pseudonyms.hardwareAddress(bytes(original))
    let separator = original.first { hexDigit($0) == nil } ?? UInt8(ascii: ":")
    return Array(address.map { hexadecimal([$0]) }.joined(separator: [separator]))
  }

  /// Loopback, unspecified, masks and RFC 5737's own.
  private func isNobodys(_ address: ArraySlice<UInt8>) -> Bool {
    ["127.", "0.0.0.0", "255.", "192.0.2."].contains { address.starts(with: $0.utf8) }
  }

  /// The value of the hexadecimal digits, two a byte; what is no digit is left out.
  private func bytes(_ digits: ArraySlice<UInt8>) -> [UInt8] {
    let values = digits.compactMap(hexDigit)
    return stride(from: 0, to: values.count - values.count % 2, by: 2).map {
      values[$0] << 4 | values[$0 + 1]
    }
  }
}
