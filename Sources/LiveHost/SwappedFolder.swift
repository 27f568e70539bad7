// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Glibc
public import Tape

/// A folder that is replaced as a whole: whoever reads it sees the old set of files or the new one, never half of each.
///
/// The new set grows beside it, in a folder of a name that nobody else has, and then the two change places. Where the file
/// system cannot exchange names, the old one is moved aside first: for a moment there is none. Who is killed leaves such a
/// folder, `.NAME.` and six letters, behind.
public struct SwappedFolder: ~Copyable {
  private let path: String
  private let next: String
  private var made: Set<String> = [""]

  /// - Parameter isOurs: says of the old set's files, by their paths from there, whether they are all ours to remove.
  ///
  /// Errors: the folder holds what is not ours, or is no folder; nothing is changed then.
  public init(_ path: String, isOurs: ([String]) -> Bool) throws(InputError) {
    let real = Self.resolved(path)
    if let real {
      guard let files = try Folder.files(below: real) else { throw InputError(path, "is no folder") }
      guard try Folder.holdsOnlyFiles(below: real), files.isEmpty || isOurs(files) else {
        throw InputError(path, "holds files that are not of such a set: name a new folder")
      }
    }
    var plain = real ?? path
    while plain.count > 1, plain.hasSuffix("/") { plain.removeLast() }
    let split = plain.lastIndex(of: "/").map { plain.index(after: $0) } ?? plain.startIndex
    let parent = String(plain[..<split])
    if !parent.isEmpty { try Folder.make(parent) }
    var name = Array("\(parent).\(plain[split...]).XXXXXX".utf8CString)
    // Safe: mkdtemp writes into the letters of the template only.
    let made = unsafe name.withUnsafeMutableBufferPointer { letters in
      guard let start = letters.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard made else { throw InputError(path, SystemError.last.text) }
    self.path = plain
    next = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Where links lead; `nil`: nothing is there.
  private static func resolved(_ path: String) -> String? {
    // Safe: realpath allocated it; it is freed once, after the copy.
    guard let whole = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(whole) }
    return unsafe String(cString: whole)
  }

  /// Writes one file of the new set. Paths are relative.
  public mutating func write(_ bytes: [UInt8], to name: String) throws(InputError) {
    let folder = name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
    if made.insert(folder).inserted { try Folder.make("\(next)/\(folder)") }
    let whole = "\(next)/\(name)"
    do throws(SystemError) {
      // Safe: the string outlives the call.
      let file = try Descriptor(
        owning: unsafe open(whole, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644))
      try Writing.all(bytes, to: file.number)
    } catch { throw InputError(whole, error.text) }
  }

  /// Puts the new set in the place of the old one, and removes that.
  public consuming func swap() throws(InputError) {
    do throws(SystemError) {
      // Safe, here and below: the strings outlive the calls.
      let folder = try Descriptor(owning: unsafe open(next, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
      // mkdtemp keeps everybody else out.
      guard fchmod(folder.number, 0o755) == 0 else { throw .last }
      let status = chost_sync(folder.number)
      guard status == 0 else { throw SystemError(-status) }
      guard Folder.holds(path) else {
        guard unsafe rename(next, path) == 0 else { throw .last }
        return
      }
      let exchanged = unsafe chost_exchange(next, path)
      if exchanged != 0 {
        let aside = "\(next).old"
        guard unsafe rename(path, aside) == 0, unsafe rename(next, path) == 0, unsafe rename(aside, next) == 0
        else { throw .last }
      }
    } catch { throw InputError(path, error.text) }
    try Self.remove(next)
  }

  /// Leaves the old set as it is.
  public consuming func drop() { try? Self.remove(next) }

  /// A folder with all that is in it; links are removed, not followed.
  private static func remove(_ folder: String) throws(InputError) {
    do throws(SystemError) {
      var top = stat()
      // Safe: the string and `top` outlive the calls.
      guard unsafe lstat(folder, &top) == 0 else { return }
      guard top.st_mode & S_IFMT == S_IFDIR else { throw SystemError(ENOTDIR) }
      for name in Folder.names(folder) ?? [] {
        var about = stat()
        let inner = "\(folder)/\(name)"
        // Safe, here and below: the strings and `about` outlive the calls.
        guard unsafe lstat(inner, &about) == 0 else { throw .last }
        if about.st_mode & S_IFMT == S_IFDIR {
          do { try remove(inner) } catch { throw SystemError(EBUSY) }
        } else {
          guard unsafe unlink(inner) == 0 else { throw .last }
        }
      }
      guard unsafe rmdir(folder) == 0 else { throw .last }
    } catch { throw InputError(folder, error.text) }
  }
}
