// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// An input without its wrapping.
public enum Unpacked: Sendable {
  /// A file: as it was, or what a compressed one held.
  case file([UInt8])
  /// An archive's members, or a folder.
  case tree(FileTree)
}
