// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Importers
import LiveHost
import Tape

/// Every machine in a file, and what was refused.
func imports(at path: String) throws(InputError) -> Imports {
  var imports = Imports()
  imports.machines = try machines(at: path)
  return imports
}

/// Every machine in a file: a tape holds one.
func machines(at path: String) throws(InputError) -> [ImportedMachine] {
  let bytes = try InputFile.read(path, limit: 64 << 20)
  if bytes.starts(with: Array("{\"hostcap-tape\"".utf8)) {
    return [ImportedMachine(name: path, format: "tape", source: try Tape(parsing: bytes, path: path))]
  }
  return try Importer.machines(in: bytes, path: path)
}
