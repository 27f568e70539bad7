// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// A ttar archive: files, directories and links as text, as procfs keeps its fixtures.
enum TtarText {
  static let name = "ttar archive"

  @Sendable static func recognises(_ input: Input) -> Bool {
    input.bytes.starts(with: "# Archive created by ttar".utf8)
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    let tree = try unpack(input)
    return try TreeImport(path: input.path) { (bytes, _) throws(InputError) in .file(bytes) }.imports(
      in: tree
    ).machines
  }

  static func unpack(_ input: Input) throws(InputError) -> FileTree {
    var tree = FileTree(input.path)
    var path: String?
    var lines = input.lines
    while let line = lines.next() {
      let word = String(decoding: line.bytes, as: UTF8.self)
      if let name = word.value(of: "Directory: ") {
        try tree.addDirectory(name)
      } else if let name = word.value(of: "Path: ") {
        path = name
      } else if let target = word.value(of: "SymlinkTo: ") {
        guard let name = path else { throw input.error(line: line.number, "a link without a path") }
        try tree.addLink(name, to: target)
      } else if let count = word.value(of: "Lines: ") {
        guard let name = path, let count = Int(count), count >= 0 else {
          throw input.error(line: line.number, "lines of a file without a path or a number")
        }
        try tree.addFile(name, try contents(of: count, &lines, input, from: line.number))
      } else if !word.hasPrefix("#"), !word.hasPrefix("Mode: "), !word.isEmpty {
        throw input.error(line: line.number, "not a line of a ttar archive")
      }
    }
    return tree
  }

  /// `NULLBYTE` stands for a zero, `EOF` at the end for the missing newline; behind a backslash each stands for itself.
  private static func contents(
    of count: Int, _ lines: inout NumberedLines, _ input: Input, from number: Int
  ) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in 0..<count {
      guard let line = lines.next() else {
        throw input.error(line: number, "ends before line \(index + 1) of a file")
      }
      var content = line.bytes
      let isLast = index == count - 1 && content.hasSuffix("EOF") && !content.hasSuffix("\\EOF")
      if isLast { content = content.dropLast(3) }
      bytes += content.replacing("NULLBYTE".utf8, with: [0]).replacing(
        "\\\0".utf8, with: Array("NULLBYTE".utf8)
      )
      .replacing("\\EOF".utf8, with: Array("EOF".utf8))
      if !isLast { bytes.append(0x0a) }
    }
    return bytes
  }
}

extension String {
  /// What follows `key` at the beginning; `nil`: something else begins there.
  fileprivate func value(of key: String) -> String? {
    hasPrefix(key) ? String(dropFirst(key.count)) : nil
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ suffix: String) -> Bool {
    self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}

extension Collection<UInt8> {
  /// Every occurrence of `word` replaced, from the front.
  fileprivate func replacing(_ word: some Collection<UInt8>, with other: [UInt8]) -> [UInt8] {
    let (bytes, word) = (Array(self), Array(word))
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at...].starts(with: word) {
        result += other
        at += word.count
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return result
  }
}
