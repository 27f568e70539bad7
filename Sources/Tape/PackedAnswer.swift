// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// An answer as bytes: its kind, then what it holds.
struct PackedAnswer {
  enum Kind: UInt8 { case bytes, repeating, absent, denied, withheld, failed }

  private let kind: Kind
  private let content: [UInt8]
  /// Fewer bytes hold no line so often that counting it pays.
  private static let shortestFold = 64

  init(_ answer: Answer) {
    switch answer {
    case .bytes(let bytes):
      let folded = bytes.count < Self.shortestFold ? bytes : Self.folded(bytes)
      (kind, content) = folded.count < bytes.count ? (.repeating, folded) : (.bytes, bytes)
    case .absent: (kind, content) = (.absent, [])
    case .denied: (kind, content) = (.denied, [])
    case .withheld(let why): (kind, content) = (.withheld, Array(why.utf8))
    case .failed(let code, let why):
      var packed: [UInt8] = []
      packed.append(number: Int(UInt32(bitPattern: code)))
      (kind, content) = (.failed, packed + why.utf8)
    }
  }

  var count: Int { content.count + 1 }

  func append(to bytes: inout [UInt8]) {
    bytes.append(kind.rawValue)
    bytes += content
  }

  static func unpack(_ packed: ArraySlice<UInt8>) -> Answer {
    let content = packed.dropFirst()
    switch packed.first.flatMap(Kind.init(rawValue:)) {
    case .bytes: return .bytes(Array(content))
    case .repeating: return .bytes(unfolded(content))
    case .denied: return .denied
    case .withheld: return .withheld(String(decoding: content, as: UTF8.self))
    case .failed:
      var place = content.startIndex
      let code = Int32(truncatingIfNeeded: content.number(at: &place))
      return .failed(code: code, String(decoding: content[place...], as: UTF8.self))
    case .absent, nil: return .absent
    }
  }

  /// Lines that repeat the one before are only counted: most of a `resource` file is. Pieces of a length, so many bytes,
  /// and how often their last line comes again.
  private static func folded(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var pending = 0
    var repeats = 0
    var last = 0..<0
    func flush(_ output: inout [UInt8], to end: Int) {
      output.append(number: end - pending)
      output += bytes[pending..<end]
      output.append(number: repeats)
    }
    let span = bytes.span
    var start = 0
    while let line = line(span, from: start) {
      start = line.upperBound
      if areSame(span, line, last) {
        repeats += 1
        continue
      }
      if repeats > 0 {
        flush(&output, to: last.upperBound)
        (pending, repeats) = (line.lowerBound, 0)
      }
      last = line
    }
    if repeats > 0 {
      flush(&output, to: last.upperBound)
      (pending, repeats) = (start, 0)
    }
    flush(&output, to: bytes.count)
    return output
  }

  /// With its newline; `nil`: there is no other.
  @_optimize(speed)
  private static func line(_ bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
    var end = start
    while end < bytes.count {
      if bytes[end] == 0x0a { return start..<end + 1 }
      end += 1
    }
    return nil
  }

  @_optimize(speed)
  private static func areSame(_ bytes: Span<UInt8>, _ one: Range<Int>, _ other: Range<Int>) -> Bool {
    guard one.count == other.count else { return false }
    for index in 0..<one.count where bytes[one.lowerBound + index] != bytes[other.lowerBound + index] {
      return false
    }
    return true
  }

  static func unfolded(_ folded: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var place = folded.startIndex
    while place < folded.endIndex {
      let count = folded.number(at: &place)
      let piece = folded[place..<place + count]
      place += count
      output += piece
      let line = lastLine(of: piece)
      for _ in 0..<folded.number(at: &place) { output += piece[line] }
    }
    return output
  }

  /// The line that repeats, with its newline, where one does.
  static func lastLine(of piece: ArraySlice<UInt8>) -> Range<Int> {
    (piece.dropLast().lastIndex(of: 0x0a).map { $0 + 1 } ?? piece.startIndex)..<piece.endIndex
  }
}

extension [UInt8] {
  /// Seven bits a byte, the lowest first; the highest bit says that more follow.
  mutating func append(number: Int) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// Reads what `append(number:)` wrote, and moves behind it.
  func number(at place: inout Int) -> Int {
    var (value, shift) = (0, 0)
    while true {
      let byte = Int(self[place])
      place += 1
      value |= (byte & 0x7f) << shift
      guard byte >= 0x80 else { return value }
      shift += 7
    }
  }
}
