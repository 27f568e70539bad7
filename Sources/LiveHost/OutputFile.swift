// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Tape

/// Files that the user asks for: either whole, or not there.
public enum OutputFile {
  /// Writes to a temporary file next to `path` and renames it; `-` is standard output.
  ///
  /// A device, a FIFO or the like is written to directly, and the file behind a link is replaced, not the link.
  /// Errors: whatever the kernel says; then nothing is left behind and an older file is as it was.
  public static func write(_ bytes: [UInt8], to path: String) throws(InputError) {
    try write(to: path, drawing(bytes))
  }

  /// Not inlined: the compiler would write everything below a second time for it.
  @inline(never) private static func drawing(_ bytes: [UInt8]) -> Drawing { { output, _ in output = bytes } }

  /// Appends to what `draw` is given, and takes away what has come together whenever `draw` lets it.
  public typealias Drawing = (_ output: inout [UInt8], _ drain: (inout [UInt8]) -> Void) -> Void

  /// The same for what need not be there all at once.
  ///
  /// - Parameter isPublic: everybody may read the file and nobody run it, whatever the umask is.
  public static func write(to path: String, isPublic: Bool = false, _ draw: Drawing) throws(InputError) {
    do throws(SystemError) {
      switch try kind(of: path) {
      case _ where path == "-": try Writing.pieces(draw, to: STDOUT_FILENO)
      case S_IFREG: try replace(resolved(path), isPublic: isPublic, with: draw)
      case nil: try replace(path, isPublic: isPublic, with: draw)
      case S_IFDIR: throw SystemError(EISDIR)
      default:
        // Safe: the string outlives the call.
        let other = try Descriptor(owning: unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY))
        try Writing.pieces(draw, to: other.number)
      }
    } catch {
      throw InputError(path, error.text)
    }
  }

  /// Removes a file that was written before.
  public static func remove(_ path: String) throws(InputError) {
    // Safe: the string outlives the call.
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw InputError(path, SystemError.last.text) }
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

  private static func replace(
    _ path: String, isPublic: Bool, with draw: Drawing
  ) throws(SystemError) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    let temporary = "\(folder).hostcap.\(getpid())"
    // A run that was killed may have left one behind, and its number has come round to us.
    // Safe, here and below: the strings outlive the calls.
    unsafe unlink(temporary)
    let file = try Descriptor(owning: unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644))
    if isPublic { fchmod(file.number, 0o644) }
    do throws(SystemError) {
      try Writing.pieces(draw, to: file.number)
      guard fsync(file.number) == 0 else { throw .last }
      guard unsafe rename(temporary, path) == 0 else { throw .last }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    let parent = try Descriptor(owning: unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    // Some file systems cannot sync a directory; the file is whole either way.
    guard fsync(parent.number) == 0 || errno == EINVAL else { throw .last }
  }
}
