// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence

extension AnswerStore {
  /// The record as a line of a tape, the same bytes as `TapeLine` writes.
  func writeLine(at position: UInt64, into output: inout [UInt8]) {
    let start = output.count
    let (chunk, place) = (chunk(position), Self.place(position))
    if let path = PackedPath(chunk, at: place),
      Self.write(path, PackedAnswer.plain(chunk.packed(at: place)), into: &output)
    {
      return
    }
    output.removeSubrange(start...)
    TapeLine(question(at: position), answer(at: position)).write(into: &output)
  }

  /// False: it takes more than copying, and what is written is not to be used.
  private static func write(_ path: PackedPath, _ answer: PackedAnswer.Plain?, into output: inout [UInt8])
    -> Bool
  {
    guard let answer, path.isPlain else { return false }
    output += answer.isAbsent ? #"{"absent":true,"ask":""#.utf8 : #"{"ask":""#.utf8
    output += path.kind.word.utf8
    output.append(UInt8(ascii: ":"))
    path.append(to: &output)
    output.append(0x22)
    switch answer {
    case .absent: break
    case .text(let bytes):
      output += #","text":"#.utf8
      guard JSONString.write(ascii: bytes, into: &output) else { return false }
    case .withheld(let why):
      output += #","withheld":"#.utf8
      guard JSONString.write(ascii: why, into: &output) else { return false }
    }
    output.append(UInt8(ascii: "}"))
    output.append(0x0a)
    return true
  }
}

extension PackedAnswer {
  /// The answers that most records hold.
  enum Plain {
    case absent
    /// Printable ASCII, tabs and newlines.
    case text(ArraySlice<UInt8>)
    case withheld(ArraySlice<UInt8>)

    var isAbsent: Bool { if case .absent = self { true } else { false } }
  }

  /// `nil`: another answer.
  static func plain(_ packed: ArraySlice<UInt8>) -> Plain? {
    let content = packed.dropFirst()
    switch packed.first.flatMap(Kind.init(rawValue:)) {
    case .absent: return .absent
    case .withheld: return .withheld(content)
    case .bytes: return isText(content) ? .text(content) : nil
    case .repeating:
      let bytes = unfolded(content)
      return isText(bytes[...]) ? .text(bytes[...]) : nil
    case .denied, .failed, nil: return nil
    }
  }

  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    let bytes = bytes.span
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte >= 0x20 && byte < 0x7f || byte == 0x09 || byte == 0x0a else { return false }
    }
    return bytes.count <= Tape.answerLimit
  }
}
