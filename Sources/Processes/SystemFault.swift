// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// An errno.
struct SystemFault: Error {
  let code: Int32

  init(_ code: Int32) { self.code = code }

  /// What the last system call of this thread left behind.
  static var last: SystemFault { SystemFault(errno) }

  /// The kernel's words.
  var text: String {
    // Safe: strerror returns a NUL-terminated string for every number, and it is copied at once.
    unsafe String(cString: strerror(code))
  }
}
