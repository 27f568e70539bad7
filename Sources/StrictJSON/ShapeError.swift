// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Where a document is not what its reader needs.
public struct ShapeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// `.pci.units[3]`; empty: the document itself.
  public private(set) var place: String
  /// `has no state`.
  public let reason: String

  public init(_ reason: String, at place: String = "") { (self.place, self.reason) = (place, reason) }

  public static let type = ShapeError("is of another type")
  public static let value = ShapeError("holds no known value")

  public var description: String { "\(place.isEmpty ? "the object" : place) \(reason)" }

  @usableFromInline func under(_ step: String) -> ShapeError { ShapeError(reason, at: step + place) }
}

extension JSONElement {
  /// What `read` makes of a member that must be there.
  @inlinable public func member<Value>(
    _ key: StaticString, _ read: (JSONElement) throws(ShapeError) -> Value
  ) throws(ShapeError) -> Value {
    guard isObject else { throw .type }
    guard let value = self[key] else { throw ShapeError("has no \(key)") }
    do { return try read(value) } catch { throw error.under(".\(key)") }
  }

  /// The same of one that may be missing or null.
  @inlinable public func optional<Value>(
    _ key: StaticString, _ read: (JSONElement) throws(ShapeError) -> Value
  ) throws(ShapeError) -> Value? {
    guard isObject else { throw .type }
    guard let value = self[key], !value.isNull else { return nil }
    do { return try read(value) } catch { throw error.under(".\(key)") }
  }

  /// What `read` makes of every element of an array that must be there.
  @inlinable public func list<Value>(
    _ key: StaticString, _ read: (JSONElement) throws(ShapeError) -> Value
  ) throws(ShapeError) -> [Value] {
    try member(key) { value throws(ShapeError) in try value.list(read) }
  }

  @inlinable public func list<Value>(
    _ read: (JSONElement) throws(ShapeError) -> Value
  ) throws(ShapeError) -> [Value] {
    guard let elements else { throw .type }
    var values: [Value] = []
    for element in elements {
      do { values.append(try read(element)) } catch { throw error.under("[\(values.count)]") }
    }
    return values
  }

  public func string() throws(ShapeError) -> String {
    guard let text else { throw .type }
    return text
  }

  public func whole() throws(ShapeError) -> Int {
    guard let integer, let value = Int(exactly: integer) else { throw .type }
    return value
  }

  @inlinable public func word<Word: RawRepresentable<String>>(_ type: Word.Type) throws(ShapeError) -> Word {
    guard let word = Word(rawValue: try string()) else { throw .value }
    return word
  }
}
