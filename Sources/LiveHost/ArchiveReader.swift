// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CHost
import Glibc
import Tape

/// One pass over an archive's entries.
@safe struct ArchiveReader: ~Copyable {
  enum Entry {
    case file(String)
    case directory(String)
    case symlink(String, to: String)
    case hardlink(String, to: String)
    case other(String)
    /// No archive, but one file, perhaps compressed.
    case raw
  }

  private let path: String
  /// libarchive's view of the input must outlive it: a copy at an address of its own, freed last.
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let archive: OpaquePointer
  private let file: OpenFile?
  let isCompressed: Bool
  private let unpackedLimit: Int
  private var unpacked = 0
  private var entries = 0

  init(_ input: [UInt8], path: String) throws(InputError) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: input.count)
    _ = unsafe copy.initialize(from: input)
    var opened: OpaquePointer? = nil
    var why: UnsafeMutablePointer<CChar>? = nil
    // Safe: `copy` lives until deinit, which closes the archive first; `why` is ours to free.
    let status = unsafe chost_archive_open(copy.baseAddress, copy.count, &opened, &why)
    guard status == 0, let archive = unsafe opened else {
      unsafe copy.deallocate()
      let reason = unsafe Self.take(why)
      throw InputError(path, Self.reason(status, reason))
    }
    self.path = path
    unsafe self.bytes = copy
    unsafe self.archive = archive
    file = nil
    unpackedLimit = Archive.unpackedLimit
    isCompressed = ArchiveMagic.isCompressed(input)
  }

  /// From a file of any size, piece by piece. It may unpack to a hundred times its size: reports like each other
  /// compress to a tenth, and what goes beyond is made to fill disks.
  init(file path: String) throws(InputError) {
    let file: OpenFile
    var about = stat()
    var start = [UInt8](repeating: 0, count: 512)
    do throws(SystemError) {
      file = try OpenFile(path)
      // Safe, here and below: `about` and the buffer outlive the calls.
      guard unsafe fstat(file.number, &about) == 0 else { throw .last }
      guard about.st_mode & S_IFMT == S_IFREG else { throw SystemError(EINVAL) }
    } catch { throw InputError(path, error.text) }
    let got = unsafe start.withUnsafeMutableBytes { unsafe pread(file.number, $0.baseAddress, $0.count, 0) }
    start.removeLast(start.count - max(0, got))
    var opened: OpaquePointer? = nil
    var why: UnsafeMutablePointer<CChar>? = nil
    // Safe: the descriptor is closed after the archive, in deinit; `why` is ours to free.
    let status = unsafe chost_archive_open_file(file.number, &opened, &why)
    guard status == 0, let archive = unsafe opened else {
      let reason = unsafe Self.take(why)
      throw InputError(path, Self.reason(status, reason))
    }
    self.path = path
    unsafe self.bytes = UnsafeMutableBufferPointer(start: nil, count: 0)
    unsafe self.archive = archive
    self.file = file
    unpackedLimit = (64 << 20) + 100 * Int(about.st_size)
    isCompressed = ArchiveMagic.isCompressed(start)
  }

  deinit {
    // Safe: both were made in init and nobody else has them.
    unsafe chost_archive_close(archive)
    unsafe bytes.deallocate()
  }

  /// The next entry; `nil`: that was the last. Errors: damaged, too many, a name that is none.
  mutating func next() throws(InputError) -> Entry? {
    var entry = unsafe chost_archive_entry()
    var why: UnsafeMutablePointer<CChar>? = nil
    // Safe: the entry's strings live until the next call, and are copied before it.
    let status = unsafe chost_archive_next(archive, &entry, &why)
    guard status != 0 else { return nil }
    guard status == 1 else { throw InputError(path, "damaged: \(unsafe Self.take(why) ?? "entry")") }
    entries += 1
    guard entries <= FileTree.entryLimit else {
      throw InputError(path, "more than \(FileTree.entryLimit) entries")
    }
    let name = unsafe entry.path.map { unsafe String(cString: $0) }
    let target = unsafe entry.target.map { unsafe String(cString: $0) }
    let kind = unsafe entry.kind
    guard kind != CHOST_ARCHIVE_RAW else { return .raw }
    guard let name else { throw InputError(path, "an entry has no name that can be read") }
    switch kind {
    case CHOST_ARCHIVE_FILE: return .file(name)
    case CHOST_ARCHIVE_DIRECTORY: return .directory(name)
    case CHOST_ARCHIVE_SYMLINK: return target.map { .symlink(name, to: $0) } ?? .other(name)
    case CHOST_ARCHIVE_HARDLINK: return target.map { .hardlink(name, to: $0) } ?? .other(name)
    default: return .other(name)
    }
  }

  /// The current entry's bytes, as far as `keeping`; longer ones are cut there, or refused.
  mutating func contents(keeping limit: Int, orRefuse: Bool) throws(InputError) -> [UInt8] {
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while let got = try read(&chunk) {
      let room = limit - contents.count
      guard got <= room || !orRefuse else {
        throw InputError(path, "unpacks to more than \(limit) bytes")
      }
      contents += chunk.prefix(min(got, room))
    }
    return contents
  }

  /// More of the current entry, at the buffer's beginning; `nil`: that was all.
  mutating func read(_ chunk: inout [UInt8]) throws(InputError) -> Int? {
    var why: UnsafeMutablePointer<CChar>? = nil
    // Safe: libarchive writes at most `count` bytes into the chunk, during the call only.
    let got = unsafe chunk.withUnsafeMutableBufferPointer { buffer in
      unsafe chost_archive_read(archive, buffer.baseAddress, buffer.count, &why)
    }
    guard got >= 0 else { throw InputError(path, "damaged: \(unsafe Self.take(why) ?? "data")") }
    guard got > 0 else { return nil }
    unpacked += Int(got)
    guard unpacked <= unpackedLimit else {
      throw InputError(path, "unpacks to more than \(unpackedLimit) bytes")
    }
    return Int(got)
  }

  private static func reason(_ status: Int32, _ text: String?) -> String {
    switch status {
    case -ENOENT: "compressed or an archive, and libarchive (libarchive.so.13) is not installed"
    case -ENOSYS: "compressed or an archive, and the libarchive installed here lacks a function"
    default: "damaged: \(text ?? "not an archive")"
    }
  }

  /// The text of a C string that is ours to free.
  @unsafe private static func take(_ text: UnsafeMutablePointer<CChar>?) -> String? {
    defer { unsafe free(text) }
    return unsafe text.map { unsafe String(cString: $0) }
  }
}
