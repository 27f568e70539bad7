// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

extension Tape {
  /// Of this form of tape. A reader refuses every other.
  static let version = 1

  /// Longest answer a tape holds, in bytes: a libvirt document, the longest that hostcap asks for.
  public static let answerLimit = 4 << 20
  /// Longest line a reader takes, in bytes. Both hexadecimal and text, where a newline or a quotation mark becomes two
  /// bytes, at most double an answer; the rest is room for the longest path, 4096 bytes, with every byte escaped.
  static let lineLimit = 2 * answerLimit + (64 << 10)
  /// Longest tape a reader takes, in bytes: some 65,536 functions with their attributes.
  static let sizeLimit = 256 << 20

  /// The tape as JSON Lines: `{"hostcap-tape":1}`, then one answer a line, ordered by the bytes of the questions' text.
  ///
  /// A line is an object with the member `ask` and one kind of answer: `text` where the bytes are printable UTF-8,
  /// else `hex`; `absent`; `denied`; `withheld` with the reason; `failed`, an errno or 0, with `why`. An answer longer
  /// than `answerLimit` is written as withheld. The same answers give the same bytes.
  ///
  /// - Parameter drain: called after every line; it may take away what is there.
  public func write(into output: inout [UInt8], draining drain: (inout [UInt8]) -> Void = { _ in }) {
    TapeHeader.write(into: &output)
    Self.writeLines(answers.map { ($0.key, $0.value) }, into: &output, draining: drain)
  }

  /// Sorted, without a header.
  @inline(never) static func writeLines(
    _ answers: [(Question, Answer)], into output: inout [UInt8], draining drain: (inout [UInt8]) -> Void
  ) {
    let lines = answers.map { (ask: $0.0.description, question: $0.0, answer: $0.1) }
    for line in lines.sorted(by: { $0.ask.utf8.lexicographicallyPrecedes($1.ask.utf8) }) {
      TapeLine(line.question, line.answer).write(into: &output)
      drain(&output)
    }
  }

  /// Reads what `write` writes; blanks and the order of lines and members are free. Throws at the first line that is
  /// not of that form, is too long, or answers a question a second time; `path` names the tape in the message.
  public init(parsing bytes: [UInt8], path: String) throws(InputError) {
    guard bytes.count <= Self.sizeLimit else {
      throw InputError(path, "longer than \(Self.sizeLimit >> 20) MiB, the most a tape may be")
    }
    self.init()
    let decoder = TapeLineDecoder(path: path)
    var start = bytes.startIndex
    var number = 0
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.endIndex
      let line = bytes[start..<end]
      (start, number) = (end + 1, number + 1)
      guard line.count <= Self.lineLimit else {
        throw InputError(path, line: number, "longer than \(Self.lineLimit) bytes, the most a line may be")
      }
      guard number > 1 else {
        try decoder.header(line)
        continue
      }
      let (question, answer) = try decoder.answer(line, number: number)
      guard self[question] == nil else {
        throw InputError(path, line: number, "answers \(question) a second time")
      }
      self[question] = answer
    }
    guard number > 0 else { throw InputError(path, "empty, not a tape") }
  }

  /// Whether `bytes` begin as a tape does. Says nothing about what follows.
  public static func isTape(_ bytes: [UInt8]) -> Bool {
    trimmed(bytes.prefix(256)).starts(with: "{\"\(TapeHeader.member)\"".utf8)
  }
}
