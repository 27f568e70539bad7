// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Glibc

/// Files, directories and links of one place, as answers.
///
/// One buffer serves every file: a scan of a host reads tens of thousands of them.
@safe final class FileReader {
  let place: Place
  private let buffer: UnsafeMutableRawBufferPointer
  /// Bytes.
  private let size: Int

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
      return .bytes(try contents(of: place.open(path), limit: limit))
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
      let link = try place.name(path)
      // The call below answers ENOENT for a file that is no link, which would read as "there is none".
      guard try link.kind == S_IFLNK else { throw SystemError(EINVAL) }
      // Safe: the call writes at most the length it is given, which is the buffer's.
      let count = unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe characters.baseAddress.map { unsafe readlinkat(link.number, "", $0, characters.count) } ?? -1
      }
      if count < 0 { throw .last }
      // Safe: the call wrote `count` bytes.
      return .bytes(unsafe Array(buffer.prefix(count)))
    } catch {
      return error.answer(path)
    }
  }

  func directory(_ path: String) -> Answer {
    do throws(SystemError) {
      var names = try Self.names(in: place.openDirectory(path))
      guard !names.contains(where: { $0.contains(UInt8(ascii: "\n")) }) else {
        return .failed(code: 0, "\(path): a name with a newline in it")
      }
      names.sort { $0.lexicographicallyPrecedes($1) }
      return .bytes(names.flatMap { $0 + [UInt8(ascii: "\n")] })
    } catch {
      return error.answer(path)
    }
  }

  /// At most `limit` bytes, and never more than the buffer holds.
  private func contents(of file: borrowing Descriptor, limit: Int) throws(SystemError) -> [UInt8] {
    var used = 0
    let limit = min(limit, size)
    while used < limit {
      // Safe: `used` is below `limit`, which is at most the buffer's length.
      let got = unsafe read(file.number, unsafe buffer.baseAddress.map { unsafe $0 + used }, limit - used)
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw .last }
      if got == 0 { break }
      used += got
    }
    // Safe: `used` bytes have been written.
    return unsafe Array(buffer.prefix(used))
  }

  private static func names(in folder: consuming Descriptor) throws(SystemError) -> [[UInt8]] {
    let number = folder.release()
    // Safe: the number is ours alone since `release`.
    guard let stream = unsafe fdopendir(number) else {
      let error = SystemError.last
      close(number)
      throw error
    }
    // Safe: the stream owns the descriptor from here on and is closed exactly once.
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    var total = 0
    while true {
      errno = 0
      // Safe: the stream is open, and only this function reads it.
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw .last }
        return names
      }
      // Safe: the kernel ends d_name with NUL within the entry, which is valid until the next readdir.
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name == Array(".".utf8) || name == Array("..".utf8) { continue }
      names.append(name)
      total += name.count + 1
      if total > directoryLimit { throw SystemError(EOVERFLOW) }
    }
  }
}
