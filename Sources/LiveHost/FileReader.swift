// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// Files, directories and links of one place, as answers.
///
/// One buffer serves every file, and one open folder the files of a function: a scan of a host reads tens of thousands.
@safe final class FileReader {
  let place: Place
  private let buffer: UnsafeMutableRawBufferPointer
  /// Bytes.
  private let size: Int
  /// Of the function that was asked for last.
  private var folder: FunctionFolder?

  /// Bytes of names; 65,536 functions need less than a quarter.
  static let directoryLimit = 4 << 20

  /// - Parameter limit: bytes; the longest file there is to read. Untouched pages cost no memory.
  init(_ place: Place, limit: Int = Question.fileLimit) {
    self.place = place
    size = max(limit, Question.fileLimit)
    // Safe: owned by this object alone, and freed with it.
    unsafe buffer = .allocate(byteCount: size, alignment: 16)
  }

  deinit { unsafe buffer.deallocate() }

  func file(_ path: String, limit: Int = Question.fileLimit) -> Answer {
    do throws(SystemError) {
      let how = place.isMachine ? path.hasPrefix("/sys/") ? CHOST_ATTRIBUTE : 0 : CHOST_FENCED
      let contents = Part.contents(how: Int32(how), limit: limit)
      if let bytes = try inFolder(path, contents) { return .bytes(bytes) }
      guard place.isMachine else { return .bytes(try self.contents(of: place.open(path), limit: limit)) }
      return .bytes(try read(contents, of: path, in: AT_FDCWD))
    } catch {
      return error.answer(path)
    }
  }

  /// One record of a device that answers by position: `count` bytes or an error, never less.
  func record(_ path: String, at position: UInt64, count: Int) -> Answer {
    do throws(SystemError) {
      let device = try place.openDevice(path)
      // Safe: `count` is 8 or 16, and the buffer is longer.
      let got = unsafe pread(device.number, buffer.baseAddress, count, Int(bitPattern: UInt(position)))
      if got < 0 { throw .last }
      if got != count { return .failed(code: 0, "\(path): \(got) of \(count) bytes") }
      return .bytes(unsafe Array(buffer.prefix(got)))
    } catch {
      return error.answer(path)
    }
  }

  func link(_ path: String) -> Answer {
    do throws(SystemError) {
      if let bytes = try inFolder(path, .target) { return .bytes(bytes) }
      guard !place.isMachine else { return .bytes(try read(.target, of: path, in: AT_FDCWD)) }
      let link = try place.name(path)
      // The call below answers ENOENT for a file that is no link, which would read as "there is none".
      guard try link.kind == S_IFLNK else { throw SystemError(EINVAL) }
      return .bytes(try read(.target, of: "", in: link.number))
    } catch {
      return error.answer(path)
    }
  }

  func directory(_ path: String) -> Answer {
    do throws(SystemError) {
      let names = try Self.names(in: openDirectory(path))
      return names.map(Answer.bytes) ?? .failed(code: 0, "\(path): a name with a newline in it")
    } catch {
      return error.answer(path)
    }
  }

  private func openDirectory(_ path: String) throws(SystemError) -> Descriptor {
    guard let name = FunctionFolder.name(in: path) else { return try place.openDirectory(path) }
    let folder = try open(path, name)
    let how = place.isMachine ? 0 : CHOST_FENCED
    // Safe: the string outlives the call, and the name lies in it.
    let number = unsafe path.withCString { unsafe chost_directory_in(folder, $0 + name, Int32(how)) }
    if number == -ENOENT, isAlive(folder) { throw SystemError(ENOENT) }
    if number == -ELOOP || number == -ENOENT { return try place.openDirectory(path) }
    guard number >= 0 else { throw SystemError(-number) }
    return try Descriptor(owning: number)
  }

  /// What is wanted of a file.
  private enum Part {
    case contents(how: Int32, limit: Int)
    /// Of a link.
    case target
  }

  /// That of a file of a function's folder; `nil`: the path is another, or only the whole of it leads there.
  private func inFolder(_ path: String, _ part: Part) throws(SystemError) -> [UInt8]? {
    guard let name = FunctionFolder.name(in: path) else { return nil }
    let folder = try open(path, name)
    do throws(SystemError) { return try read(part, of: path, from: name, in: folder) } catch {
      if error.code == ELOOP, !place.isMachine { return nil }
      // A function that went and came back has another folder: only the whole path's word is that there is none.
      if error.code == ENOENT, !isAlive(folder) { return nil }
      throw error
    }
  }

  /// Whether an open folder is still the function's: the kernel takes the files out with the function. Source: kernel
  /// fs/kernfs/dir.c, kernfs_dop_revalidate() and kernfs_iop_lookup(). Of a copy, nobody can say.
  private func isAlive(_ folder: Int32) -> Bool {
    guard place.isMachine else { return false }
    // Safe: a literal.
    return unsafe faccessat(folder, "uevent", F_OK, 0) == 0
  }

  private func open(_ path: String, _ name: Int) throws(SystemError) -> Int32 {
    if let folder, folder.holds(path, name: name) { return folder.number }
    folder = nil
    let new = try FunctionFolder(of: path, name: name, in: place)
    folder = new
    return new.number
  }

  /// - Parameter start: where in `path` the file's name begins.
  private func read(
    _ part: Part, of path: String, from start: Int = 0, in folder: Int32
  ) throws(SystemError) -> [UInt8] {
    // Safe: the string and the buffer outlive the calls, which write at most the length they are given, and the name lies
    // in the string.
    let count = unsafe path.withCString { text in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let base = characters.baseAddress else { return 0 }
        return switch part {
        case .contents(let how, let limit):
          unsafe chost_read_in(folder, text + start, how, base, min(limit, size))
        case .target: unsafe chost_link_in(folder, text + start, base, size)
        }
      }
    }
    guard count >= 0 else { throw SystemError(Int32(-count)) }
    // Safe: `count` bytes have been written.
    return unsafe Array(buffer.prefix(count))
  }

  /// At most `limit` bytes, and never more than the buffer holds.
  private func contents(of file: borrowing Descriptor, limit: Int) throws(SystemError) -> [UInt8] {
    var used = 0
    let limit = min(limit, size)
    while used < limit {
      // Safe: `used` is below `limit`, which is at most the buffer's length.
      let got = unsafe Glibc.read(
        file.number, unsafe buffer.baseAddress.map { unsafe $0 + used }, limit - used)
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw .last }
      if got == 0 { break }
      used += got
    }
    // Safe: `used` bytes have been written.
    return unsafe Array(buffer.prefix(used))
  }

  /// `nil`: one of them has a newline in it.
  private static func names(in folder: borrowing Descriptor) throws(SystemError) -> [UInt8]? {
    var names: UnsafeMutablePointer<CChar>?
    var length = 0
    // Safe: both live until the call returns; what it made is freed below, once.
    let status = unsafe chost_names(folder.number, directoryLimit, &names, &length)
    defer { unsafe free(names) }
    if status == -EBADMSG { return nil }
    guard status == 0 else { throw SystemError(-status) }
    // Safe: the call says how many bytes there are.
    return unsafe Array(UnsafeRawBufferPointer(start: names, count: length))
  }
}
