// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// `lspci -x`, `-xxx` and `-xxxx`: a line a function and its bytes in hexadecimal, perhaps with `-vvv` text between.
///
/// Read as libpci reads it (pciutils lib/dump.c), but for what is fatal there without need: long lines, and a last line
/// without newline.
enum LspciHex {
  static let name = "lspci hex text"

  @Sendable static func recognises(_ input: Input) -> Bool {
    input.lines.contains { slot($0.bytes) != nil }
  }

  /// A slot that stands there a second time begins another capture: another machine.
  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var captures: [FileTree] = []
    var shape = PCIShape(path: input.path)
    var current: (address: PCIAddress, bytes: [UInt8])?
    var sawBytes = false
    for line in input.lines {
      if let address = slot(line.bytes) {
        if let finished = current { try shape.add(finished.address, finished.bytes) }
        if shape.holds(address) {
          captures.append(try shape.tree())
          shape = PCIShape(path: input.path)
        }
        current = (address, [])
      } else if line.bytes.isEmpty {
        if let finished = current { try shape.add(finished.address, finished.bytes) }
        current = nil
      } else if var function = current, let at = offset(line.bytes) {
        try append(line.bytes, at: at, to: &function.bytes, input, line.number)
        sawBytes = true
        current = function
      }
    }
    if let finished = current { try shape.add(finished.address, finished.bytes) }
    guard sawBytes else { throw Format.nothingToJudge(input, "lspci text without register bytes") }
    captures.append(try shape.tree())
    return captures.enumerated().map { index, tree in
      ImportedMachine(
        name: index == 0 ? input.path : "\(input.path):\(index + 1)", format: name, source: tree)
    }
  }

  /// `0005:80:00.0 ` or `80:00.0 ` at the line's beginning; without a domain it is domain 0.
  private static func slot(_ line: ArraySlice<UInt8>) -> PCIAddress? {
    guard let blank = line.prefix(14).firstIndex(of: 0x20) else { return nil }
    let word = String(decoding: line[..<blank], as: UTF8.self)
    return word.utf8.count == 7 ? PCIAddress("0000:" + word) : PCIAddress(word)
  }

  /// `100: ` at the line's beginning.
  private static func offset(_ line: ArraySlice<UInt8>) -> Int? {
    var line = line
    guard let offset = line.takeHexadecimal(2...8), line.take(": ") else { return nil }
    return Int(offset)
  }

  private static func append(
    _ line: ArraySlice<UInt8>, at offset: Int, to bytes: inout [UInt8], _ input: Input, _ number: Int
  ) throws(InputError) {
    let words = line.split(separator: 0x20).dropFirst()
    guard offset + words.count <= 4096 else {
      throw input.error(line: number, "past the 4096 bytes of a configuration space")
    }
    if bytes.count < offset + words.count {
      bytes += [UInt8](repeating: 0xff, count: offset + words.count - bytes.count)
    }
    for (index, word) in words.enumerated() {
      var digits = word
      guard let byte = digits.takeHexadecimal(2...2), digits.isEmpty else {
        throw input.error(line: number, "not bytes in hexadecimal")
      }
      bytes[offset + index] = UInt8(byte)
    }
  }
}
