// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import LiveHost
import Tape

/// What lies in a store's folder.
enum StoreFiles {
  static func exists(_ path: String) -> Bool { Folder.holds(path) }
  static func makeFolder(_ path: String) throws(InputError) { try Folder.make(path) }

  static func remove(_ path: String) throws(InputError) { try OutputFile.remove(path) }

  /// Names of segments, sorted.
  static func segments(in folder: String) -> [String] {
    (Folder.names("\(folder)/segments") ?? []).filter { $0.hasPrefix("part-") && $0.hasSuffix(".ndjson") }
  }
}
