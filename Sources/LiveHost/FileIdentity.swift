// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Which file a path leads to: two paths may lead to one.
public struct FileIdentity: Sendable, Hashable {
  private let device, number: UInt64

  /// `nil`: to none that can be seen.
  public init?(_ path: String) {
    var about = stat()
    // Safe: the string and `about` outlive the call.
    guard unsafe stat(path, &about) == 0 else { return nil }
    (device, number) = (UInt64(about.st_dev), UInt64(about.st_ino))
  }
}
