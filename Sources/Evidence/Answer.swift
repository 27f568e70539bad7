// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What the host said, before anyone has read anything into it. Not having the bytes has four ways, and they never mix.
public enum Answer: Hashable, Sendable {
  case bytes([UInt8])
  /// The host's own word that there is no such thing: ENOENT, ENODEV, ENXIO, ENOTDIR.
  case absent
  /// There may be, but we may not look: EACCES, EPERM.
  case denied
  /// We did not ask, and why: the policy forbids it, or the dump does not hold it.
  case withheld(String)
  /// We asked, and got something else: an errno (0 where there is none) and what happened.
  case failed(code: Int32, String)
}
