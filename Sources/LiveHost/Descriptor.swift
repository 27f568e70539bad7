// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// An open file, closed when its owner lets go of it.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes over what a system call returned. Errors: the errno that the call left where `number` is negative.
  init(owning number: Int32) throws(SystemError) {
    guard number >= 0 else { throw .last }
    self.number = number
  }

  deinit { close(number) }

  /// Gives the number away to somebody who closes it.
  consuming func release() -> Int32 {
    let number = self.number
    discard self
    return number
  }

  /// `S_IFREG`, `S_IFLNK` and the like.
  var kind: mode_t {
    get throws(SystemError) {
      var about = stat()
      // Safe: `about` lives until the call returns.
      guard unsafe fstat(number, &about) == 0 else { throw .last }
      return about.st_mode & S_IFMT
    }
  }
}
