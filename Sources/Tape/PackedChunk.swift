// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// A question's path, and what kind of question it is of.
struct PackedKey {
  enum Kind: UInt8, CaseIterable {
    case file, directory, link

    /// What the question's text begins with.
    var word: String {
      switch self {
      case .file: "file"
      case .directory: "dir"
      case .link: "link"
      }
    }
  }

  let kind: Kind
  let path: String

  /// `nil`: a question without a path.
  init?(_ question: Question) {
    switch question {
    case .file(let path): (kind, self.path) = (.file, path)
    case .directory(let path): (kind, self.path) = (.directory, path)
    case .link(let path): (kind, self.path) = (.link, path)
    default: return nil
    }
  }
}

/// Records one behind the other: the kind of question; its path, or its number if it has none; the packed answer.
///
/// A path that begins as an earlier one does is written as that one's place, the length of what they share, and the rest.
struct PackedChunk {
  private(set) var bytes: [UInt8] = []
  /// The last path that was written whole.
  private var whole: [UInt8] = []
  private var wholePlace = 0

  /// Bytes; a longer record has a chunk of its own.
  static let size = 1 << 18
  /// Most that a record takes beyond its path and its answer.
  static let overhead = 24
  private static let pathless: UInt8 = 3
  /// Shorter than this, sharing does not pay.
  private static let shortestShare = 8

  init(holding size: Int) { bytes.reserveCapacity(max(Self.size, size)) }

  func hasRoom(for size: Int) -> Bool { bytes.count + size <= Self.size }

  /// Appends a record and says where it is.
  mutating func append(_ key: PackedKey?, pathless index: Int, _ answer: PackedAnswer) -> Int {
    let place = bytes.count
    if let key {
      bytes.append(key.kind.rawValue)
      append(key.path)
    } else {
      bytes.append(Self.pathless)
      bytes.append(number: index)
    }
    bytes.append(number: answer.count)
    answer.append(to: &bytes)
    return place
  }

  private mutating func append(_ text: String) {
    let path = text.utf8.span
    var shared = 0
    while shared < min(path.count, whole.count), path[shared] == whole[shared] { shared += 1 }
    if shared < Self.shortestShare { shared = 0 }
    bytes.append(number: shared)
    if shared > 0 { bytes.append(number: wholePlace) }
    bytes.append(number: path.count - shared)
    if shared == 0 { (whole, wholePlace) = (Array(text.utf8), bytes.count) }
    for index in shared..<path.count { bytes.append(path[index]) }
  }

  /// The two parts of a record's path; `nil`: the question is the one of that number.
  func path(_ place: inout Int) -> (shared: Range<Int>, rest: Range<Int>)? {
    let kind = bytes[place]
    place += 1
    guard kind != Self.pathless else { return nil }
    let shared = bytes.number(at: &place)
    let from = shared > 0 ? bytes.number(at: &place) : 0
    let count = bytes.number(at: &place)
    place += count
    return (from..<from + shared, place - count..<place)
  }

  /// Whether the record is of that kind and its path has the same bytes.
  func hasBytes(of question: Question, at place: Int) -> Bool {
    guard let key = PackedKey(question), key.kind.rawValue == bytes[place] else { return false }
    var place = place
    guard let (shared, rest) = path(&place) else { return false }
    let (asked, kept) = (key.path.utf8.span, bytes.span)
    guard asked.count == shared.count + rest.count else { return false }
    // What differs is more often at the end.
    for index in rest where asked[shared.count + index - rest.lowerBound] != kept[index] { return false }
    for index in shared where asked[index - shared.lowerBound] != kept[index] { return false }
    return true
  }

  func question(at place: Int, pathless: (Int) -> Question) -> Question {
    let kind = PackedKey.Kind(rawValue: bytes[place])
    var place = place
    guard let (shared, rest) = path(&place) else { return pathless(bytes.number(at: &place)) }
    let path = String(decoding: bytes[shared] + bytes[rest], as: UTF8.self)
    return switch kind {
    case .directory: .directory(path)
    case .link: .link(path)
    case .file, nil: .file(path)
    }
  }

  func answer(at place: Int) -> Answer { PackedAnswer.unpack(packed(at: place)) }

  /// The answer's bytes.
  func packed(at place: Int) -> ArraySlice<UInt8> { bytes[answerRange(at: place)] }

  /// Where the next record begins.
  func end(ofRecordAt place: Int) -> Int { answerRange(at: place).upperBound }

  private func answerRange(at place: Int) -> Range<Int> {
    var place = place
    if path(&place) == nil { _ = bytes.number(at: &place) }
    let count = bytes.number(at: &place)
    return place..<place + count
  }

  func kind(at place: Int) -> PackedKey.Kind? { PackedKey.Kind(rawValue: bytes[place]) }
}
