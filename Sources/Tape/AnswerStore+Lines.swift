// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence

extension AnswerStore {
  /// The record as a line of a tape, the same bytes as `TapeLine` writes.
  func writeLine(at position: UInt64, into output: inout [UInt8]) {
    let start = output.count
    let (chunk, place) = (Int(position >> Self.placeBits), Self.place(position))
    if chunks[chunk].writePlain(at: place, into: &output) { return }
    output.removeSubrange(start...)
    TapeLine(question(at: position), answer(at: position)).write(into: &output)
  }
}

extension PackedChunk {
  /// False: it takes more than copying, and what is written is not to be used.
  fileprivate func writePlain(at place: Int, into output: inout [UInt8]) -> Bool {
    guard let kind = kind(at: place) else { return false }
    var end = place
    guard let (shared, rest) = path(&end) else { return false }
    let count = bytes.number(at: &end)
    let content = bytes[(end + 1)..<(end + count)]
    let answer = PackedAnswer.Kind(rawValue: bytes[end])
    output += answer == .absent ? #"{"absent":true,"ask":""#.utf8 : #"{"ask":""#.utf8
    output += kind.word.utf8
    output.append(UInt8(ascii: ":"))
    guard isPlain(shared), isPlain(rest) else { return false }
    output += bytes[shared]
    output += bytes[rest]
    output.append(0x22)
    switch answer {
    case .absent: break
    case .bytes, .repeating:
      output += #","text":""#.utf8
      guard count <= Tape.answerLimit,
        answer == .bytes
          ? JSONString.write(within: content, into: &output) : Self.write(folded: content, into: &output)
      else { return false }
      output.append(0x22)
    case .withheld:
      output += #","withheld":""#.utf8
      guard JSONString.write(within: content, into: &output) else { return false }
      output.append(0x22)
    case .denied, .failed, nil: return false
    }
    output.append(UInt8(ascii: "}"))
    output.append(0x0a)
    return true
  }

  /// Whether it stands in JSON as it is.
  private func isPlain(_ part: Range<Int>) -> Bool {
    let bytes = bytes.span
    for index in part {
      let byte = bytes[index]
      if byte < 0x20 || byte >= 0x7f || byte == 0x22 || byte == 0x5c { return false }
    }
    return true
  }

  /// A line that comes again is written as it was before.
  private static func write(folded: ArraySlice<UInt8>, into output: inout [UInt8]) -> Bool {
    let start = output.count
    var place = folded.startIndex
    while place < folded.endIndex {
      let count = folded.number(at: &place)
      let piece = folded[place..<place + count]
      place += count
      let last = PackedAnswer.lastLine(of: piece)
      guard JSONString.write(within: piece[..<last.lowerBound], into: &output) else { return false }
      let begin = output.count
      guard JSONString.write(within: piece[last], into: &output) else { return false }
      let repeats = folded.number(at: &place)
      if repeats > 0 {
        let line = Array(output[begin...])
        for _ in 0..<repeats { output += line }
      }
    }
    // What is longer may be more than a tape holds; the other way counts exactly.
    return output.count - start <= Tape.answerLimit
  }
}
