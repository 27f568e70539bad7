// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import Tape

/// One machine found in an input: most inputs hold one, an archive of dumps many.
public struct ImportedMachine {
  /// The input's path; for a member of an archive `PATH:MEMBER`.
  public let name: String
  /// The format in FORMATS' words, for people: `InstLatx64 text`.
  public let format: String
  public let source: any HostSource

  public init(name: String, format: String, source: any HostSource) {
    (self.name, self.format, self.source) = (name, format, source)
  }
}

/// Turns other programs' dumps into answers. The format is told by content, never by name.
public enum Importer {
  /// Every machine in `bytes`, which are not compressed and no archive.
  public static func machines(in bytes: [UInt8], path: String) throws(InputError) -> [ImportedMachine] {
    throw InputError(path, "not a format hostcap knows")
  }

  /// Every machine in an unpacked archive or a folder: a proc and sys tree, a folder of CPUID dumps, a collection of files.
  public static func machines(in tree: FileTree, path: String) throws(InputError) -> [ImportedMachine] {
    throw InputError(path, "not a format hostcap knows")
  }
}
