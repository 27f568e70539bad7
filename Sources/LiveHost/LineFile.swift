// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Tape

/// A file of lines, as large as it may be, plain or compressed (`.gz`, `.bz2`, `.xz`, `.zst`); `-` is standard input.
public struct LineFile: ~Copyable {
  public struct Line: Sendable {
    /// Counted from 1.
    public let number: Int
    /// Without the line's end; `nil`: longer than the limit.
    public let bytes: [UInt8]?
  }

  private let path: String
  private let limit: Int
  private var plain: OpenFile?
  private var packed: ArchiveReader?
  private var chunk = [UInt8](repeating: 0, count: 1 << 18)
  private var filled = 0
  private var place = 0
  private var number = 0
  private var isAtEnd = false

  /// Errors: it cannot be opened, or is compressed and libarchive is missing.
  public init(_ path: String, limit: Int) throws(InputError) {
    (self.path, self.limit) = (path, limit)
    if [".gz", ".bz2", ".xz", ".zst"].contains(where: path.hasSuffix) {
      var reader = try ArchiveReader(file: path)
      guard case .raw? = try reader.next() else { throw InputError(path, "is no compressed file of lines") }
      packed = consume reader
    } else {
      packed = nil
      do throws(SystemError) { plain = try OpenFile(path) } catch { throw InputError(path, error.text) }
    }
  }

  /// The next line; `nil`: that was the last. Errors: what cannot be read or unpacked.
  public mutating func next() throws(InputError) -> Line? {
    var line: [UInt8] = []
    var isTooLong = false
    var isThere = false
    while true {
      if place == filled, !(try fill()) {
        guard isThere else { return nil }
        number += 1
        return Line(number: number, bytes: isTooLong ? nil : line)
      }
      isThere = true
      let end = lineEnd()
      if !isTooLong {
        line += chunk[place..<(end ?? filled)]
        isTooLong = line.count > limit
        if isTooLong { line = [] }
      }
      place = end.map { $0 + 1 } ?? filled
      guard end != nil else { continue }
      number += 1
      return Line(number: number, bytes: isTooLong ? nil : line)
    }
  }

  /// Of what is filled; `nil`: no line ends there.
  private func lineEnd() -> Int? {
    // Safe: place and filled are within the chunk, and memchr looks no farther. It is many times as fast as a loop.
    unsafe chunk.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, place < filled,
        let end = unsafe memchr(start + place, 0x0a, filled - place)
      else { return nil }
      return unsafe UnsafeRawPointer(end) - start
    }
  }

  /// False: there is no more.
  private mutating func fill() throws(InputError) -> Bool {
    guard !isAtEnd else { return false }
    let got = try more()
    (place, filled) = (0, got)
    isAtEnd = got == 0
    return got > 0
  }

  private mutating func more() throws(InputError) -> Int {
    if let plain {
      do throws(SystemError) { return try plain.read(&chunk) } catch { throw InputError(path, error.text) }
    }
    return try packed?.read(&chunk) ?? 0
  }
}
