// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// What a supervised process may want of its supervisor.
enum Wish {
  /// Ask this of that target in a helper.
  case ask(Question, target: String)
  case open(path: String, isPublic: Bool)
  /// What becomes of the file that was opened last.
  case commit, discard

  /// Bytes; a path and a question with it.
  static let limit = 16 << 10

  var message: [UInt8] {
    switch self {
    case .ask(let question, let target): Array("ask\0\(question)\0\(target)".utf8)
    case .open(let path, let isPublic): Array("\(isPublic ? "publish" : "write")\0\(path)".utf8)
    case .commit: Array("commit".utf8)
    case .discard: Array("discard".utf8)
    }
  }

  /// `nil`: nothing that may be wanted.
  init?(_ message: [UInt8]) {
    let parts = message.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    switch (parts[0], parts.count) {
    case ("ask", 3):
      // Only what may hang: this is no way to read files as somebody else.
      guard let question = Question(parts[1]), question.hazard == .mayHang else { return nil }
      self = .ask(question, target: parts[2])
    case ("publish", 2), ("write", 2): self = .open(path: parts[1], isPublic: parts[0] == "publish")
    case ("commit", 1): self = .commit
    case ("discard", 1): self = .discard
    default: return nil
    }
  }
}
