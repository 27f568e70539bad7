// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tape
internal import Yams

/// A value in a document. Each way to read it throws, with the line, where the value is of another kind.
public struct DocumentNode: Sendable {
  public let path: String
  /// Counted from 1.
  public let line: Int
  public let kind: Kind

  public enum Kind: Sendable {
    case text(String)
    case integer(Int)
    case boolean(Bool)
    /// A number with a fraction, as it was written.
    case fraction(String)
    case nothing
    case list([DocumentNode])
    /// In the document's order.
    case object([DocumentEntry])
  }

  /// Counts as it goes: anchors make of a kilobyte as many values as they like.
  init(_ node: Node, path: String, count: inout Int) throws(InputError) {
    self.path = path
    count += 1
    guard count <= Document.valueLimit else {
      throw InputError(path, line: node.mark?.line, "holds more than \(Document.valueLimit) values")
    }
    line = node.mark?.line ?? 1
    switch node {
    case .scalar(let scalar): kind = Self.kind(of: node, scalar.string)
    case .sequence(let nodes):
      var list: [DocumentNode] = []
      for each in nodes { list.append(try DocumentNode(each, path: path, count: &count)) }
      kind = .list(list)
    case .mapping(let pairs):
      var entries: [DocumentEntry] = []
      for (key, value) in pairs {
        let inner = try DocumentNode(value, path: path, count: &count)
        entries.append(DocumentEntry(key: key.string ?? "", line: key.mark?.line ?? 1, value: inner))
      }
      kind = .object(entries)
    case .alias: kind = .nothing
    }
  }

  /// YAML 1.1 as PyYAML reads it: `yes` and `on` are true. What is quoted is text.
  private static func kind(of node: Node, _ text: String) -> Kind {
    switch node.tag.description {
    case Tag.Name.bool.rawValue: node.bool.map(Kind.boolean) ?? .text(text)
    case Tag.Name.int.rawValue: integer(of: node, text).map(Kind.integer) ?? .text(text)
    case Tag.Name.float.rawValue: .fraction(text)
    case Tag.Name.null.rawValue: .nothing
    default: .text(text)
    }
  }

  /// `nil`: beyond 64 bits. `1:30` is 90, to the base of 60, which Yams traps on where it is too large.
  private static func integer(of node: Node, _ text: String) -> Int? {
    guard text.contains(":") else { return node.int }
    let isNegative = text.hasPrefix("-")
    let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    var value = 0
    for part in digits.split(separator: ":", omittingEmptySubsequences: false) {
      guard let digit = Int(part.replacing("_", with: "")), digit >= 0 else { return nil }
      let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 60)
      let (sum, overflows) = shifted.addingReportingOverflow(digit)
      if isTooLarge || overflows { return nil }
      value = sum
    }
    return isNegative ? -value : value
  }

  public func refusal(_ reason: String) -> InputError { InputError(path, line: line, reason) }

  public func text(_ what: String) throws(InputError) -> String {
    guard case .text(let text) = kind else {
      throw refusal("\(what) has to be text, in quotes if it looks like a number")
    }
    return text
  }

  public func integer(_ what: String, in range: ClosedRange<Int>) throws(InputError) -> Int {
    guard case .integer(let number) = kind, range.contains(number) else {
      throw refusal("\(what) has to be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  public func boolean(_ what: String) throws(InputError) -> Bool {
    guard case .boolean(let value) = kind else { throw refusal("\(what) has to be true or false") }
    return value
  }

  public func list(_ what: String) throws(InputError) -> [DocumentNode] {
    guard case .list(let nodes) = kind else { throw refusal("\(what) has to be a list") }
    return nodes
  }

  /// The entries; throws at the first key that is not one of `keys`.
  public func object(_ what: String, keys: [String]) throws(InputError) -> DocumentObject {
    let object = try self.object(what)
    for entry in object.entries where !keys.contains(entry.key) {
      throw InputError(
        path, line: entry.line, "\(what) has no key \(entry.key); it has \(keys.joined(separator: ", "))")
    }
    return object
  }

  /// The entries, whatever their keys are.
  public func object(_ what: String) throws(InputError) -> DocumentObject {
    guard case .object(let entries) = kind else { throw refusal("\(what) has to be an object: key: value") }
    return DocumentObject(entries: entries, path: path, line: line)
  }
}

/// A key and its value.
public struct DocumentEntry: Sendable {
  public let key: String
  /// Of the key, counted from 1.
  public let line: Int
  public let value: DocumentNode
}

/// An object's entries by key.
public struct DocumentObject: Sendable {
  public let entries: [DocumentEntry]
  public let path: String
  public let line: Int

  /// `nil`: not there, or nothing stands behind the colon.
  public subscript(key: String) -> DocumentNode? {
    guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
    if case .nothing = value.kind { return nil }
    return value
  }

  public func required(_ key: String, _ what: String) throws(InputError) -> DocumentNode {
    guard let value = self[key] else { throw InputError(path, line: line, "\(what) needs the key \(key)") }
    return value
  }
}
