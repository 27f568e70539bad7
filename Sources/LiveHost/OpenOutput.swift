// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A file that the user asked for, while it is written: under another name next to it, until it is whole.
///
/// A device, a FIFO or the like is written to directly, and the file behind a link is replaced, not the link.
final class OpenOutput {
  let file: Descriptor
  private let path: String
  /// `nil`: it is written to directly.
  private let temporary: String?

  /// - Parameter isPublic: everybody may read the file and nobody run it, whatever the umask is.
  convenience init(_ path: String, isPublic: Bool) throws(SystemError) {
    switch try Self.kind(of: path) {
    case S_IFDIR: throw SystemError(EISDIR)
    case S_IFREG: try self.init(replacing: try Self.resolved(path), isPublic: isPublic)
    case nil: try self.init(replacing: path, isPublic: isPublic)
    default: try self.init(device: path)
    }
  }

  private init(replacing path: String, isPublic: Bool) throws(SystemError) {
    let temporary = "\(Self.folder(of: path)).hostcap.\(getpid())"
    // A run that was killed may have left one behind, and its number has come round to us.
    // Safe, here and below: the strings outlive the calls.
    unsafe unlink(temporary)
    file = try Descriptor(owning: unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644))
    if isPublic { fchmod(file.number, 0o644) }
    (self.path, self.temporary) = (path, temporary)
  }

  private init(device path: String) throws(SystemError) {
    file = try Descriptor(owning: unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY))
    (self.path, temporary) = (path, nil)
  }

  /// Puts what was written in the place of what was there. Errors: then nothing is left behind, and an older file is as it was.
  func commit() throws(SystemError) {
    guard let temporary else { return }
    do throws(SystemError) {
      guard fsync(file.number) == 0 else { throw .last }
      guard unsafe rename(temporary, path) == 0 else { throw .last }
    } catch {
      discard()
      throw error
    }
    let folder = Self.folder(of: path)
    let parent = try Descriptor(owning: unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    // Some file systems cannot sync a directory; the file is whole either way.
    guard fsync(parent.number) == 0 || errno == EINVAL else { throw .last }
  }

  /// Leaves everything as it was.
  func discard() {
    if let temporary { unsafe unlink(temporary) }
  }

  /// What has to be writable for `path`: a folder, or the device itself.
  static func place(of path: String) -> String {
    switch try? kind(of: path) {
    case S_IFREG: (try? resolved(path)).map(folder) ?? folder(of: path)
    case nil: folder(of: path)
    default: path
    }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }

  /// What is there already, links followed; `nil`: nothing.
  private static func kind(of path: String) throws(SystemError) -> mode_t? {
    var about = stat()
    // Safe: the string and `about` outlive the call.
    if unsafe stat(path, &about) == 0 { return about.st_mode & S_IFMT }
    if errno == ENOENT { return nil }
    throw .last
  }

  private static func resolved(_ path: String) throws(SystemError) -> String {
    // Safe: the string outlives the call.
    guard let whole = unsafe realpath(path, nil) else { throw .last }
    // Safe: realpath allocated it; it is freed once, after the copy.
    defer { unsafe free(whole) }
    return unsafe String(cString: whole)
  }
}
