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
  let isCompressed: Bool
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
    isCompressed = ArchiveMagic.isCompressed(input)
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
    while true {
      var why: UnsafeMutablePointer<CChar>? = nil
      // Safe: libarchive writes at most `count` bytes into the chunk, during the call only.
      let got = unsafe chunk.withUnsafeMutableBufferPointer { buffer in
        unsafe chost_archive_read(archive, buffer.baseAddress, buffer.count, &why)
      }
      guard got >= 0 else { throw InputError(path, "damaged: \(unsafe Self.take(why) ?? "data")") }
      guard got > 0 else { return contents }
      unpacked += Int(got)
      guard unpacked <= Archive.unpackedLimit else {
        throw InputError(path, "unpacks to more than \(Archive.unpackedLimit) bytes")
      }
      let room = limit - contents.count
      guard Int(got) <= room || !orRefuse else {
        throw InputError(path, "unpacks to more than \(limit) bytes")
      }
      contents += chunk.prefix(min(Int(got), room))
    }
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
