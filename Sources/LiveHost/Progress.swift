// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence

/// What a supervised process is asking at the moment, where its supervisor sees it.
@safe struct Progress: @unchecked Sendable {
  // Safe: shared memory that is never unmapped; its counter is atomic, and its text is read only while the writer stands still.
  private let page: OpaquePointer

  init?() {
    guard let page = unsafe chost_progress_make() else { return nil }
    unsafe self.page = page
  }

  /// The text of a question is kept in one form only where it costs nothing: most are files.
  func begin(_ question: Question) {
    switch question {
    case .file(let path): begin(path)
    default: begin(question.description)
    }
  }

  private func begin(_ text: String) {
    var text = text
    // Safe: the bytes are copied before the closure ends.
    text.withUTF8 { unsafe chost_progress_begin(page, $0.baseAddress, $0.count) }
  }

  /// Nothing is asked: a child that was ended while it asked leaves it otherwise.
  func reset() { unsafe chost_progress_reset(page) }

  // Safe, here and below: the page is never unmapped.
  func end() { unsafe chost_progress_end(page) }

  /// Odd: something is asked.
  var turn: UInt64 { unsafe chost_progress_turn(page) }

  /// What is asked; `nil`: nothing that could be.
  var question: Question? {
    let text = text
    return text.hasPrefix("/") ? .file(text) : Question(text)
  }

  /// A question's text, or a file's path.
  var text: String {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(CHOST_PROGRESS_LIMIT)) { buffer, count in
      // Safe: the buffer has the size that the function asks for.
      count = unsafe chost_progress_asked(page, buffer.baseAddress)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
