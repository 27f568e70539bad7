// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Tape

/// Writes a set of files that belong together, and takes away those of the last set that are no longer in it.
///
/// The set's own list, `FILES`, lies with them. A folder that holds anything and no such list is left alone.
public enum OutputFolder {
  public static let list = "FILES"

  /// Each file is written whole or not at all; one that goes wrong ends it, and what is there stays listed, so that the
  /// next run puts it right. Paths are relative, with `/`.
  public static func write(_ files: [(path: String, bytes: [UInt8])], to folder: String) throws(InputError) {
    let older = try listed(in: folder)
    let newer = files.map(\.path)
    let gone = older.filter { !newer.contains($0) }
    try makeFolders("\(folder)/\(list)")
    try OutputFile.write(lines(newer + gone), to: "\(folder)/\(list)")
    for file in files {
      try makeFolders("\(folder)/\(file.path)")
      try OutputFile.write(file.bytes, to: "\(folder)/\(file.path)")
    }
    for path in gone { remove(path, below: folder) }
    try OutputFile.write(lines(newer), to: "\(folder)/\(list)")
  }

  /// What the last set held; empty: a new or empty folder.
  private static func listed(in folder: String) throws(InputError) -> [String] {
    guard let names = Folder.names(folder) else {
      // Safe: the string outlives the call.
      if unsafe access(folder, F_OK) == 0 { throw InputError(folder, "is no folder") }
      return []
    }
    if names.isEmpty { return [] }
    guard names.contains(list) else {
      throw InputError(folder, "is not empty and holds nothing of ours: name a new folder")
    }
    let bytes = try InputFile.read("\(folder)/\(list)", limit: 16 << 20)
    return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }.filter(
      isInner)
  }

  private static func isInner(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
  }

  private static func lines(_ paths: [String]) -> [UInt8] {
    Array(paths.sorted().map { $0 + "\n" }.joined().utf8)
  }

  /// Every folder above `path`.
  private static func makeFolders(_ path: String) throws(InputError) {
    let parts = path.split(separator: "/").dropLast()
    var folder = path.hasPrefix("/") ? "" : "."
    for part in parts {
      folder += "/\(part)"
      // Safe: the string outlives the call.
      guard unsafe mkdir(folder, 0o755) != 0, errno != EEXIST else { continue }
      throw InputError(folder, SystemError.last.text)
    }
  }

  /// The file, and folders that it leaves empty.
  private static func remove(_ path: String, below folder: String) {
    // Safe, here and below: the strings outlive the calls.
    unsafe unlink("\(folder)/\(path)")
    var parts = path.split(separator: "/").dropLast()
    while !parts.isEmpty, unsafe rmdir("\(folder)/\(parts.joined(separator: "/"))") == 0 {
      parts = parts.dropLast()
    }
  }
}
