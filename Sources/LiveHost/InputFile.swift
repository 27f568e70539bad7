// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Tape

/// Whole files that the user names.
public enum InputFile {
  /// The bytes of a file, or of standard input for `-`.
  ///
  /// Errors: it cannot be read, is a folder, or is longer than `limit` bytes.
  public static func read(_ path: String, limit: Int) throws(InputError) -> [UInt8] {
    do throws(SystemError) {
      if path == "-" { return try bytes(of: STDIN_FILENO, limit: limit) }
      // Safe: the string outlives the call. Blocking: the user may name a FIFO, and wants it waited for.
      let file = try Descriptor(owning: unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY))
      return try bytes(of: file.number, limit: limit)
    } catch {
      throw InputError(path, error.code == EFBIG ? "longer than \(limit) bytes" : error.text)
    }
  }

  static func bytes(of descriptor: Int32, limit: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    let step = 1 << 16
    while true {
      var failure: SystemError?
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
        // Safe: the call writes at most the capacity and says how much it wrote.
        let got = unsafe Glibc.read(descriptor, buffer.baseAddress, step)
        if got < 0 { failure = .last } else { count = got }
      }
      if let failure {
        if failure.code == EINTR { continue }
        throw failure
      }
      if piece.isEmpty { return bytes }
      bytes += piece
      if bytes.count > limit { throw SystemError(EFBIG) }
    }
  }
}
