// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tape

/// An archive's regular files one by one, however large it is. Nothing is written anywhere, so a name such as `../x`
/// leads nowhere; links, devices and pipes are passed over.
public struct ArchiveMembers: ~Copyable {
  public struct Member: Sendable {
    public let name: String
    /// `nil`: longer than the limit.
    public let bytes: [UInt8]?
  }

  private var reader: ArchiveReader
  private let path: String
  private let limit: Int

  /// Errors: it cannot be opened, or libarchive is missing.
  public init(_ path: String, limit: Int) throws(InputError) {
    (self.path, self.limit) = (path, limit)
    reader = try ArchiveReader(file: path)
  }

  /// The next one; `nil`: that was the last. Errors: damaged, more than a million entries, or it unpacks to a hundred
  /// times its size.
  public mutating func next() throws(InputError) -> Member? {
    while let entry = try reader.next() {
      switch entry {
      case .file(let name):
        let bytes = try reader.contents(keeping: limit + 1, orRefuse: false)
        return Member(name: name, bytes: bytes.count > limit ? nil : bytes)
      case .raw: throw InputError(path, "is no archive")
      case .directory, .symlink, .hardlink, .other: continue
      }
    }
    return nil
  }
}
