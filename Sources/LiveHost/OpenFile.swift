// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// An open file that several may hold; closed with the last of them.
final class OpenFile {
  let number: Int32

  /// For reading; `-` is a second descriptor of standard input.
  init(_ path: String) throws(SystemError) {
    // Safe: the string outlives the call.
    let number = path == "-" ? dup(STDIN_FILENO) : unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard number >= 0 else { throw .last }
    self.number = number
  }

  deinit { close(number) }

  /// Bytes read into the buffer's beginning; 0: the end.
  func read(_ chunk: inout [UInt8]) throws(SystemError) -> Int {
    while true {
      // Safe: the call writes at most the chunk's length.
      let got = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, $0.count) }
      if got >= 0 { return got }
      if errno != EINTR { throw .last }
    }
  }
}
