// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Tape

/// A folder or a file of the machine hostcap runs on, read as an input and never as that machine's own state.
public enum Folder {
  private struct Entry {
    let name: String
    let kind: mode_t
    let device: dev_t
  }

  /// Levels of folders; a real /sys has some 20.
  private static let depthLimit = 64

  /// Whether `path` is a folder that holds `proc` or `sys`.
  public static func isHostRoot(_ path: String) -> Bool {
    ["proc", "sys"].contains { name in
      var status = stat()
      // Safe: stat writes into `status` only.
      return unsafe stat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
  }

  /// Whether anything is there, links followed.
  public static func holds(_ path: String) -> Bool {
    // Safe: the string outlives the call.
    unsafe access(path, F_OK) == 0
  }

  /// Makes a folder with those above it, as far as they are not there yet.
  public static func make(_ path: String) throws(InputError) {
    var folder = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      folder += "/\(part)"
      // Safe: the string outlives the call.
      guard unsafe mkdir(folder, 0o755) != 0, errno != EEXIST else { continue }
      throw InputError(folder, SystemError.last.text)
    }
  }

  /// Names in a folder, sorted; `nil`: no folder, or it cannot be read.
  public static func names(_ path: String) -> [String]? {
    (try? entries(of: path))?.map(\.name).sorted()
  }

  /// Regular files in a folder and below it, by their paths from there, sorted; links are passed over. `nil`: no folder.
  /// Errors: a folder below that cannot be read.
  public static func files(below path: String) throws(InputError) -> [String]? {
    guard names(path) != nil else { return nil }
    var found: [String] = []
    var pending = [(folder: "", depth: 0)]
    while let (folder, depth) = pending.popLast() {
      for entry in try entries(of: folder.isEmpty ? path : "\(path)/\(folder)") {
        let inner = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
        if entry.kind == S_IFREG { found.append(inner) }
        if entry.kind == S_IFDIR, depth < depthLimit { pending.append((inner, depth + 1)) }
      }
    }
    return found.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Whether there is nothing in a folder and below it but regular files and folders: no link, pipe or device.
  public static func holdsOnlyFiles(below path: String) throws(InputError) -> Bool {
    for entry in try entries(of: path) {
      if entry.kind == S_IFDIR {
        guard try holdsOnlyFiles(below: "\(path)/\(entry.name)") else { return false }
      } else if entry.kind != S_IFREG {
        return false
      }
    }
    return true
  }

  /// What is at `path`, links followed: a folder with everything below it, or a file's bytes up to `limit`, beyond which it is
  /// refused. Errors: it cannot be read.
  public static func read(_ path: String, limit: Int) throws(InputError) -> Unpacked {
    var status = stat()
    // Safe: stat writes into `status` only.
    guard unsafe stat(path, &status) == 0 else { throw InputError(path, Self.reason()) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      guard let bytes = contents(path, limit: limit + 1) else { throw InputError(path, Self.reason()) }
      guard bytes.count <= limit else { throw InputError(path, "larger than \(limit) bytes") }
      return .file(bytes)
    }
    let device = status.st_dev
    var tree = FileTree(path, keeping: Archive.memberLimit)
    var pending = [(folder: "", depth: 0)]
    while let (folder, depth) = pending.popLast() {
      // Another file system may be a live /proc or /sys, which is no copy of anything.
      for entry in try entries(of: path + folder) where entry.device == device {
        let (inner, outer) = ("\(folder)/\(entry.name)", "\(path)\(folder)/\(entry.name)")
        switch entry.kind {
        case S_IFDIR where depth < depthLimit:
          try tree.addDirectory(inner)
          pending.append((inner, depth + 1))
        case S_IFLNK: if let target = target(of: outer) { try tree.addLink(inner, to: target) }
        // One that cannot be read is left out: the host's answer for it is not in this copy.
        case S_IFREG:
          if let bytes = contents(outer, limit: Archive.memberLimit) { try tree.addFile(inner, bytes) }
        default: continue
        }
      }
    }
    return .tree(tree)
  }

  private static func entries(of folder: String) throws(InputError) -> [Entry] {
    // Safe: the stream is ours until closedir; a name is copied before the next readdir.
    guard let stream = unsafe opendir(folder) else { throw InputError(folder, reason()) }
    defer { unsafe closedir(stream) }
    var found: [Entry] = []
    while let entry = unsafe readdir(stream), found.count < FileTree.entryLimit {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      var status = stat()
      guard name != ".", name != "..", unsafe lstat("\(folder)/\(name)", &status) == 0 else { continue }
      found.append(Entry(name: name, kind: status.st_mode & S_IFMT, device: status.st_dev))
    }
    return found
  }

  private static func target(of link: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    // Safe: readlink writes at most the buffer's length.
    let length = unsafe buffer.withUnsafeMutableBytes { room in
      guard let start = room.baseAddress else { return -1 }
      return unsafe readlink(link, start.assumingMemoryBound(to: CChar.self), room.count)
    }
    return length > 0 ? String(decoding: buffer.prefix(length), as: UTF8.self) : nil
  }

  /// `nil`: it cannot be read; errno says why.
  private static func contents(_ path: String, limit: Int) -> [UInt8]? {
    // A pipe in place of a file must not hang us.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while contents.count < limit {
      // Safe: read writes at most the chunk's length.
      let got = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { return nil }
      guard got > 0 else { break }
      contents += chunk.prefix(min(got, limit - contents.count))
    }
    return contents
  }

  private static func reason() -> String {
    let code = errno
    // Safe: strerror's text is copied at once, and this program reads inputs on one thread.
    return unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }
}
