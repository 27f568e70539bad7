// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Glibc

/// An errno, before anyone has said what it means for an answer.
struct SystemError: Error {
  let code: Int32

  init(_ code: Int32) { self.code = code }

  /// What the last system call of this thread left behind.
  static var last: SystemError { SystemError(errno) }

  /// The kernel's words: `Permission denied`.
  var text: String {
    // Safe: strerror returns a NUL-terminated string for every number, and it is copied at once.
    unsafe String(cString: strerror(code))
  }

  /// The answer this errno stands for; `what` was asked.
  func answer(_ what: String) -> Answer {
    switch code {
    case ENOENT, ENODEV, ENXIO, ENOTDIR: .absent
    case EACCES, EPERM: .denied
    default: .failed(code: code, "\(what): \(text)")
    }
  }
}
