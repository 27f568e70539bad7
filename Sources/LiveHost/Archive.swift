// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CHost
import Glibc
public import Tape

/// Archives (tar, cpio, zip) and compressed files (gzip, bzip2, xz, zstd), unpacked in memory by libarchive.
public enum Archive {
  /// Bytes an archive may unpack to; the largest dump of the corpus unpacks to some 30 MB.
  public static let unpackedLimit = 1 << 30
  /// Bytes kept of one member: a dump of a machine with 256 processors has some 2 MB.
  public static let memberLimit = 16 << 20

  /// What `bytes` hold; bytes that are no archive and not compressed come back as they are.
  ///
  /// Members of the same name: the last one wins, as it would on a disk. Devices, sockets and pipes are left out; a
  /// hard link is a copy of its target's bytes.
  public static func open(_ bytes: [UInt8], path: String) throws(InputError) -> Unpacked {
    guard ArchiveMagic.mayBeArchive(bytes) else { return .file(bytes) }
    var reader = try ArchiveReader(bytes, path: path)
    var tree = FileTree(path, keeping: memberLimit)
    var isEmpty = true
    while let entry = try reader.next() {
      isEmpty = false
      if case .raw = entry {
        // libarchive takes what it does not know for one file under no name.
        return .file(
          reader.isCompressed ? try reader.contents(keeping: memberLimit * 4, orRefuse: true) : bytes)
      }
      try add(entry, from: &reader, to: &tree)
    }
    guard !isEmpty else { throw InputError(path, "an archive that holds nothing") }
    return .tree(tree)
  }

  private static func add(
    _ entry: ArchiveReader.Entry, from reader: inout ArchiveReader, to tree: inout FileTree
  ) throws(InputError) {
    switch entry {
    case .file(let name): try tree.addFile(name, try reader.contents(keeping: memberLimit, orRefuse: false))
    case .directory(let name): try tree.addDirectory(name)
    case .symlink(let name, let target): try tree.addLink(name, to: target)
    case .hardlink(let name, let target):
      guard let contents = tree.contents(of: target) else { return }
      try tree.addFile(name, contents)
    case .other, .raw: return
    }
  }
}

/// The first bytes of what libarchive is asked about, so that plain text never meets it.
enum ArchiveMagic {
  /// Source: RFC 1952 (gzip), bzip2's and xz's format descriptions, RFC 8878 (Zstandard), APPNOTE.TXT 4.3 (zip), cpio(5).
  private static let compressed: [[UInt8]] = [
    [0x1f, 0x8b], [0x42, 0x5a, 0x68], [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], [0x28, 0xb5, 0x2f, 0xfd],
  ]
  private static let archived: [[UInt8]] = [
    [0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06], Array("070701".utf8), Array("070702".utf8),
    Array("070707".utf8), [0xc7, 0x71],
  ]

  static func mayBeArchive(_ bytes: [UInt8]) -> Bool {
    isCompressed(bytes) || archived.contains { bytes.starts(with: $0) } || isTar(bytes)
  }

  static func isCompressed(_ bytes: [UInt8]) -> Bool { compressed.contains { bytes.starts(with: $0) } }

  /// The header's checksum field against its bytes, the field itself counted as blanks. Source: tar(5).
  private static func isTar(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 512, bytes[0] != 0 else { return false }
    let field = bytes[148..<156].filter { $0 != 0x20 && $0 != 0 }
    guard !field.isEmpty, let stated = Int(String(decoding: field, as: UTF8.self), radix: 8) else {
      return false
    }
    let sum = bytes[..<512].enumerated().reduce(0) { sum, byte in
      sum + ((148..<156).contains(byte.offset) ? 0x20 : Int(byte.element))
    }
    return sum == stated
  }
}
