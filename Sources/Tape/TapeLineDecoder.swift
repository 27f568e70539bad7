// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import FoundationEssentials

/// Lines of a tape to answers, with the line's number in each refusal.
struct TapeLineDecoder {
  let path: String
  private let json = JSONDecoder()

  init(path: String) { self.path = path }

  func header(_ line: ArraySlice<UInt8>) throws(InputError) {
    let header: TapeHeader
    do { header = try json.decode(TapeHeader.self, from: Data(line)) } catch {
      throw InputError(path, line: 1, "not the first line of a tape, which is {\"\(TapeHeader.member)\":1}")
    }
    guard Self.strings(in: line) == 1 else { throw InputError(path, line: 1, "a member is written twice") }
    guard header.version == Tape.version else {
      throw InputError(
        path, line: 1, "a tape of form \(header.version); this program reads form \(Tape.version)")
    }
  }

  func answer(_ line: ArraySlice<UInt8>, number: Int) throws(InputError) -> (Question, Answer) {
    let parsed: TapeLine
    do { parsed = try json.decode(TapeLine.self, from: Data(line)) } catch {
      throw InputError(path, line: number, Self.reason(error))
    }
    guard Self.strings(in: line) == parsed.strings else {
      throw InputError(path, line: number, "a member is written twice")
    }
    guard let question = Question(parsed.ask) else {
      throw InputError(path, line: number, "asks what hostcap does not know: \(Self.quoted(parsed.ask))")
    }
    guard let answer = parsed.answer else {
      throw InputError(path, line: number, "not exactly one kind of answer, or not well formed")
    }
    return (question, answer)
  }

  /// One line that an operator can act on; the decoder's own speaks of Swift types.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as UnknownMember: "unknown member \(quoted(error.name))"
    case DecodingError.keyNotFound(let key, _): "no member \(quoted(key.stringValue))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      context.codingPath.last.map { "member \(quoted($0.stringValue)) is of the wrong type" }
        ?? "not a JSON object"
    default: "not a JSON object"
    }
  }

  /// Cut to a line's length, and without what could steer a terminal.
  private static func quoted(_ text: String) -> String {
    "\"\(text.harmless(limit: 60))\""
  }

  /// How many strings stand in a line that is known to be JSON: a decoder keeps silent about a member written twice.
  private static func strings(in line: ArraySlice<UInt8>) -> Int {
    var marks = 0
    var escaped = false
    for byte in line {
      if escaped {
        escaped = false
      } else if byte == UInt8(ascii: "\\") {
        escaped = true
      } else if byte == UInt8(ascii: "\"") {
        marks += 1
      }
    }
    return marks / 2
  }
}
