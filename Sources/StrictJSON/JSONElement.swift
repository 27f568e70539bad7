// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CFleet

/// One value of a document, which it keeps alive.
public struct JSONElement {
  let document: JSONDocument
  let index: Int

  public var isNull: Bool { document.kind(index) == CFLEET_NULL.rawValue }
  public var isObject: Bool { document.kind(index) == CFLEET_OBJECT.rawValue }
  public var isArray: Bool { document.kind(index) == CFLEET_ARRAY.rawValue }

  /// `nil`: something else.
  public var text: String? {
    document.kind(index) == CFLEET_STRING.rawValue ? document.text(index) : nil
  }
  /// `nil`: something else, a fraction, or beyond 64 bits.
  public var integer: Int64? {
    document.kind(index) == CFLEET_INTEGER.rawValue ? document.integer(index) : nil
  }
  public var flag: Bool? {
    switch document.kind(index) {
    case CFLEET_TRUE.rawValue: true
    case CFLEET_FALSE.rawValue: false
    default: nil
    }
  }

  /// The value of an object's member; `nil`: no object, or no such member.
  public subscript(_ key: StaticString) -> JSONElement? {
    document.member(index, key).map { JSONElement(document: document, index: $0) }
  }

  /// An array's elements in order; `nil`: no array.
  public var elements: JSONChildren? { isArray ? JSONChildren(of: self) : nil }

  /// An object's members in the text's order; `nil`: no object.
  public var members: JSONChildren? { isObject ? JSONChildren(of: self) : nil }

  /// Its own name, if it is a member; else empty.
  public var key: String { document.key(index) }
}

/// What a container holds.
public struct JSONChildren: Sequence {
  private let container: JSONElement

  init(of container: JSONElement) { self.container = container }

  public struct Iterator: IteratorProtocol {
    let document: JSONDocument
    var place: Int
    let end: Int

    public mutating func next() -> JSONElement? {
      guard place < end else { return nil }
      defer { place = document.next(place) }
      return JSONElement(document: document, index: place)
    }
  }

  public func makeIterator() -> Iterator {
    Iterator(
      document: container.document, place: container.index + 1,
      end: container.document.next(container.index))
  }
}
