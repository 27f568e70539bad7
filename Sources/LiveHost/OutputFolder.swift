// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Tape

/// Writes a set of files that belong together, and takes away those of the last set that are no longer in it.
///
/// The set's own list, `FILES`, lies with them. A folder that holds anything and no such list is left alone.
public enum OutputFolder {
  public static let list = "FILES"
  /// The list's first line, by which it is known for ours.
  private static let mark = "# what hostcap has written here"

  /// Nothing is written where a path is wrong, a link leads elsewhere, or somebody else's file is in the way. After that
  /// each file is written whole or not at all; one that goes wrong ends it, and what is there stays listed, so that the
  /// next run puts it right. Paths are relative, with `/`.
  public static func write(_ files: [(path: String, bytes: [UInt8])], to folder: String) throws(InputError) {
    guard !folder.isEmpty else { throw InputError("--out", "names no folder") }
    let older = try listed(in: folder)
    let newer = files.map(\.path)
    for path in newer { try check(path, in: folder, isOurs: older.contains(path), all: newer) }
    let gone = older.filter { !newer.contains($0) }
    try makeFolders("\(folder)/\(list)")
    try OutputFile.write(lines(newer + gone), to: "\(folder)/\(list)")
    for file in files {
      try makeFolders("\(folder)/\(file.path)")
      try OutputFile.write(file.bytes, to: "\(folder)/\(file.path)")
    }
    for path in gone where isPlain(path, below: folder) { remove(path, below: folder) }
    try OutputFile.write(lines(newer), to: "\(folder)/\(list)")
  }

  private static func check(
    _ path: String, in folder: String, isOurs: Bool, all: [String]
  ) throws(InputError) {
    let whole = "\(folder)/\(path)"
    guard isInner(path), !all.contains(where: { $0.hasPrefix(path + "/") }) else {
      throw InputError(whole, "would be a file and a folder at once, or the list itself: rename the host")
    }
    guard isPlain(path, below: folder) else {
      throw InputError(whole, "lies behind a link, or behind what is no folder")
    }
    var about = stat()
    // Safe: the string and `about` outlive the call.
    let isThere = unsafe lstat(whole, &about) == 0
    if isThere, !isOurs || about.st_mode & S_IFMT != S_IFREG {
      throw InputError(whole, "is there and was not written by hostcap: move it away, or name a new folder")
    }
  }

  /// What the last set held; empty: a new or empty folder.
  private static func listed(in folder: String) throws(InputError) -> [String] {
    guard let names = Folder.names(folder) else {
      // Safe: the string outlives the call.
      if unsafe access(folder, F_OK) == 0 { throw InputError(folder, "is no folder, or cannot be read") }
      return []
    }
    if names.isEmpty { return [] }
    let foreign = InputError(folder, "is not empty and holds nothing of ours: name a new folder")
    guard names.contains(list) else { throw foreign }
    let bytes = try InputFile.read("\(folder)/\(list)", limit: 16 << 20)
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    guard lines.first == mark else { throw foreign }
    return lines.dropFirst().filter(isInner)
  }

  /// Relative, without detours, and not the list itself.
  private static func isInner(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return path != list && !parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
  }

  /// Every folder above a path is one, or is not there yet; none is a link.
  private static func isPlain(_ path: String, below folder: String) -> Bool {
    var parent = folder
    for part in path.split(separator: "/").dropLast() {
      parent += "/\(part)"
      var about = stat()
      // Safe: the string and `about` outlive the call.
      if unsafe lstat(parent, &about) != 0 { return errno == ENOENT }
      if about.st_mode & S_IFMT != S_IFDIR { return false }
    }
    return true
  }

  private static func lines(_ paths: [String]) -> [UInt8] {
    Array(([mark] + paths.sorted()).map { $0 + "\n" }.joined().utf8)
  }

  /// Every folder above `path`.
  private static func makeFolders(_ path: String) throws(InputError) {
    guard let end = path.lastIndex(of: "/"), end != path.startIndex else { return }
    try Folder.make(String(path[..<end]))
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
