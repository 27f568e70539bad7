// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A small reader of markup for tests: it takes only what is well formed, and lists what a page has.
struct Markup {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// Names of the elements around it, the outermost first.
    let parents: [String]
    /// Where in `elements` what is around it stands, the innermost.
    let parent: Int?
    var text = ""
  }
  enum Fault: Error, Equatable {
    case unclosed(String)
    case stray(String)
    case syntax(String)
    case twice(String)
  }
  private(set) var elements: [Element] = []
  private static let void: Set<String> = ["meta", "link", "br"]
  private static let alone: Set<String> = ["rect", "path", "circle", "use", "stop"]

  init(_ source: String) throws {
    var rest = source.utf8[...]
    var open: [Int] = []
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      try add(text: rest[..<start], to: open)
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { throw Fault.syntax("no end of a tag") }
      let tag = String(decoding: rest[..<end], as: UTF8.self)
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!doctype") || tag.hasPrefix("?xml") { continue }
      if tag.hasPrefix("/") {
        guard let last = open.popLast(), elements[last].name == tag.dropFirst() else {
          throw Fault.stray(tag)
        }
        continue
      }
      let element = try element(tag, open)
      elements.append(element)
      let closes = tag.hasSuffix("/")
      if closes, !Self.alone.contains(element.name), element.name != "link" { throw Fault.syntax(tag) }
      if !closes, !Self.void.contains(element.name) { open.append(elements.count - 1) }
    }
    if let last = open.last { throw Fault.unclosed(elements[last].name) }
  }

  private func element(_ tag: String, _ open: [Int]) throws -> Element {
    var rest = tag[...]
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let name = rest.prefix { $0 != " " }
    if name.isEmpty || !name.allSatisfy({ $0.isLowercase || $0.isNumber }) { throw Fault.syntax(tag) }
    rest = rest.dropFirst(name.count)
    var attributes: [String: String] = [:]
    while !rest.isEmpty {
      guard rest.first == " ", let equals = rest.firstIndex(of: "=") else { throw Fault.syntax(tag) }
      let key = String(rest[rest.index(after: rest.startIndex)..<equals])
      let value = rest[rest.index(after: equals)...]
      guard value.first == "\"", let end = value.dropFirst().firstIndex(of: "\"") else {
        throw Fault.syntax(tag)
      }
      if key.contains(where: { " <>\"'".contains($0) }) { throw Fault.syntax(tag) }
      let text = String(value[value.index(after: value.startIndex)..<end])
      if attributes.updateValue(try Self.plain(text), forKey: key) != nil { throw Fault.twice(key) }
      rest = value[value.index(after: end)...]
    }
    return Element(
      name: String(name), attributes: attributes, parents: open.map { elements[$0].name }, parent: open.last)
  }

  private mutating func add(text: Substring.UTF8View, to open: [Int]) throws {
    let plain = try Self.plain(String(decoding: text, as: UTF8.self))
    for index in open { elements[index].text += plain }
  }

  /// Resolves the few references that a board uses; any other `&` is a fault.
  private static func plain(_ text: String) throws -> String {
    if !text.contains("&") { return text }
    var plain = ""
    for (index, part) in text.split(separator: "&", omittingEmptySubsequences: false).enumerated() {
      if index == 0 {
        plain += part
        continue
      }
      let known = [("lt;", "<"), ("gt;", ">"), ("amp;", "&"), ("quot;", "\""), ("#39;", "'")]
      guard let (name, sign) = known.first(where: { part.hasPrefix($0.0) }) else {
        throw Fault.syntax("&\(part)")
      }
      plain += sign + part.dropFirst(name.count)
    }
    return plain
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// What is in an element, at any depth.
  func inside(_ index: Int) -> ArraySlice<Element> {
    let depth = elements[index].parents.count
    return elements[(index + 1)...].prefix { $0.parents.count > depth }
  }
}
