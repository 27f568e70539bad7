// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Importers
import Inputs
import Tape

/// Other programs' dumps, archives of them included.
enum ImportTargets {
  /// `judge FILE`: the format is told by content.
  @Sendable static func machines(_ input: [UInt8]) throws {
    let imports = try imports(in: input, path: "dump")
    try hold(!imports.machines.isEmpty, "neither a machine nor a refusal")
    // A dump of a thousand functions' slots may be a thousand machines.
    for machine in imports.machines.prefix(4) {
      do { try Judging.judge(machine.source, from: input) } catch {
        throw Broken("\(machine.format): \(error.why)")
      }
    }
  }
}
