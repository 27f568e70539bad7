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

/// What one input came to: the machines in it, and what was in it that is none.
public struct Imports {
  public var machines: [ImportedMachine] = []
  /// Members of an archive or a folder that were refused. Of an input that is one file there are none: that throws.
  public var refused: [InputError] = []

  public init() {}
}

/// Turns other programs' dumps into answers. The format is told by content, never by name.
public enum Importer {
  /// Bytes of one dump: the largest of the corpus has 2 MB.
  public static let inputLimit = 64 << 20

  /// Every machine in `bytes`, which are not compressed and no archive; at least one.
  public static func machines(in bytes: [UInt8], path: String) throws(InputError) -> [ImportedMachine] {
    guard bytes.count <= inputLimit else { throw InputError(path, "larger than \(inputLimit) bytes") }
    guard !bytes.isEmpty else { throw InputError(path, "empty") }
    let input = Input(bytes, path: path)
    for format in Format.all where format.recognises(input) { return try format.read(input) }
    throw InputError(path, "not a format hostcap knows")
  }

  /// Every machine in an unpacked archive or a folder: a proc and sys tree, a folder of CPUID dumps, a collection of
  /// files; at least one. What else is in there is passed over: `imports` tells of it.
  public static func machines(in tree: FileTree, path: String) throws(InputError) -> [ImportedMachine] {
    try imports(in: .tree(tree), path: path) { (bytes, _) throws(InputError) in .file(bytes) }.machines
  }

  /// Every machine in an input, at least one, and the members that were refused.
  ///
  /// - Parameter unpack: opens a compressed file or an archive found inside a folder or an archive.
  public static func imports(
    in input: Unpacked, path: String,
    unpack: @escaping (_ bytes: [UInt8], _ path: String) throws(InputError) -> Unpacked
  ) throws(InputError) -> Imports {
    var imports = Imports()
    switch input {
    case .file(let bytes): imports.machines = try machines(in: bytes, path: path)
    case .tree(let tree): imports = try TreeImport(path: path, unpack: unpack).imports(in: tree)
    }
    return imports
  }
}
