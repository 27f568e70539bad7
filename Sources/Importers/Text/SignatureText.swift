// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// libvirt's `.sig` test data: a CPU's signature in hexadecimal and, below it, its family, model and stepping.
enum SignatureText {
  @Sendable static func recognises(_ input: Input) -> Bool {
    let lines = Array(input.lines.prefix(4))
    guard lines.count >= 2, hexadecimal(lines[0].bytes) != nil else { return false }
    return lines.dropFirst().contains { $0.bytes.starts(with: "family:".utf8) }
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    throw Format.nothingToJudge(input, "libvirt CPU signature text")
  }
}
