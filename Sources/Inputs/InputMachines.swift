// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Importers
import LiveHost
public import Tape

/// Bytes of an input as it lies on the disk; the largest archives of dumps have some 10 MB.
private let inputLimit = 256 << 20

/// Every machine in a file, an archive or a folder, at least one, and the members that were refused.
///
/// The one way in for `hostcap` from a path to sources that probes can ask. A folder that holds `proc` or `sys` is one
/// host's root and read where it lies, as `--root` does; it may be a mounted one, which nobody should copy.
public func imports(at path: String) throws(InputError) -> Imports {
  if Folder.isHostRoot(path) {
    var imports = Imports()
    imports.machines = [ImportedMachine(name: path, format: "host root", source: try RootHost(path))]
    return imports
  }
  return try imports(in: try Folder.read(path, limit: inputLimit), path: path)
}

/// As `imports(at:)`, for bytes that are already here, as from standard input; `path` names them.
public func imports(in bytes: [UInt8], path: String) throws(InputError) -> Imports {
  try imports(in: .file(bytes), path: path)
}

/// As `imports(at:)`, without what was refused.
public func machines(at path: String) throws(InputError) -> [ImportedMachine] {
  try imports(at: path).machines
}

private func imports(in input: Unpacked, path: String) throws(InputError) -> Imports {
  var input = input
  if case .file(let bytes) = input { input = try Archive.open(bytes, path: path) }
  return try Importer.imports(in: input, path: path) { (bytes, path) throws(InputError) in
    try Archive.open(bytes, path: path)
  }
}
