// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Importers
import Inputs
import LiveHost
import Tape

/// What a command's FILE holds; `-` is standard input.
enum Input {
  /// Bytes: as much as a file may have.
  private static let limit = 256 << 20

  static func read(_ file: String) throws(InputError) -> Imports {
    guard file == "-" else { return try imports(at: file) }
    return try imports(in: try InputFile.read(file, limit: limit), path: file)
  }
}
