// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import LiveHost

/// What Spark wrote on standard error: a thousand lines, of which one says what is wrong.
struct SparkLog {
  /// Bytes of a line that say enough.
  private static let lineLimit = 4096

  /// The last line of the best kind there is: `[PATH_NOT_FOUND] Path does not exist: …`, then `Caused by: …`, then an
  /// exception, then any. `nil`: no line at all.
  private(set) var complaint: String?
  /// Whether the master has no worker that could take the job.
  private(set) var hasNoWorker = false

  init(_ path: String) {
    guard var file = try? LineFile(path, limit: Self.lineLimit) else { return }
    var best = 0
    while let line = try? file.next() {
      guard let bytes = line.bytes, !bytes.isEmpty else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      if text.contains("Initial job has not accepted any resources") { hasNoWorker = true }
      let rank = Self.rank(text)
      if rank >= best { (best, complaint) = (rank, text) }
    }
  }

  private static func rank(_ line: String) -> Int {
    // Source: Spark's error-conditions.json: `[CONDITION.SUB_CONDITION] message SQLSTATE: …`.
    if line.prefixMatch(of: #/\[[A-Z0-9_.]+\] /#) != nil { return 4 }
    if line.hasPrefix("Caused by: ") { return 3 }
    if line.prefixMatch(of: #/[A-Za-z.]+(Exception|Error): /#) != nil { return 2 }
    return line.first?.isWhitespace == false ? 1 : 0
  }
}
