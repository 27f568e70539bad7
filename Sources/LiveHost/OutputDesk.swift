// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The files that a supervisor writes for its child, one at a time, and no others than it was told of.
struct OutputDesk {
  private let allowed: [String]
  private var open: OpenOutput?

  init(_ allowed: [String]) { self.allowed = allowed }

  /// Answers one wish for a file, or for standard output. Errors: the child is gone.
  mutating func serve(_ wish: Wish, on channel: Channel) throws(SystemError) {
    do throws(SystemError) {
      switch wish {
      case .open(let path, let isPublic):
        // Given away late, when nothing is asked any more: see `chost_split`.
        if path == "-" { return try channel.send(outcome: nil, file: STDOUT_FILENO) }
        guard allowed.contains(path) else { throw SystemError(EPERM) }
        discard()
        let output = try OpenOutput(path, isPublic: isPublic)
        try channel.send(outcome: nil, file: output.file.number)
        open = output
        return
      case .commit:
        defer { open = nil }
        try open?.commit()
      case .discard: discard()
      case .ask: throw SystemError(EINVAL)
      }
    } catch {
      return try channel.send(outcome: error)
    }
    try channel.send(outcome: nil)
  }

  /// What a child leaves unfinished was never there.
  mutating func discard() {
    open?.discard()
    open = nil
  }
}
