// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Tape

/// A file that holds a key: its bytes, and who else may read them.
///
/// Both are of the same open file: a path may lead elsewhere a moment later.
public struct KeyFile: Sendable {
  /// As the user named it.
  public let path: String
  public let bytes: [UInt8]
  /// Permission bits as chmod takes them: `0o600`.
  public let mode: Int

  /// Whether anybody but the owner may do anything with it.
  public var isOpenToOthers: Bool { mode & 0o077 != 0 }

  /// Bytes: as much as a key's file may have. A key of 16384 bits of RSA has 13 KiB.
  public static let sizeLimit = 64 << 10

  /// Errors: it cannot be read, is no plain file, or is longer than 64 KiB.
  public init(_ path: String) throws(InputError) {
    do throws(SystemError) {
      // Safe, here and below: the string and `about` outlive the calls. Not blocking: a FIFO is refused, not waited for.
      let file = try Descriptor(owning: unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK))
      var about = stat()
      guard unsafe fstat(file.number, &about) == 0 else { throw .last }
      guard about.st_mode & S_IFMT == S_IFREG else { throw SystemError(Self.notPlain) }
      bytes = try InputFile.bytes(of: file.number, limit: Self.sizeLimit)
      mode = Int(about.st_mode & 0o7777)
      self.path = path
    } catch {
      throw InputError(path, Self.reason(error))
    }
  }

  /// No errno of Linux says "inappropriate file type".
  private static let notPlain: Int32 = -1

  private static func reason(_ error: SystemError) -> String {
    switch error.code {
    case notPlain: "is no plain file, and a key is kept in one"
    case EFBIG: "longer than \(sizeLimit) bytes, so it is no key"
    default: error.text
    }
  }
}
