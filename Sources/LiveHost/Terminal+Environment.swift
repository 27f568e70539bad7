// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension Terminal {
  /// A variable of the process's environment; `nil`: not set.
  public static func variable(_ name: String) -> String? {
    // Safe: this program never changes its environment, so the pointer stays good while the text is copied.
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
