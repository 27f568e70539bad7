// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Tape

/// Files that the user asks for: either whole, or not there.
public enum OutputFile {
  /// Writes to a temporary file next to `path` and renames it; `-` is standard output. See `OpenOutput`.
  ///
  /// Errors: whatever the kernel says; then nothing is left behind and an older file is as it was.
  public static func write(_ bytes: [UInt8], to path: String) throws(InputError) {
    try write(to: path, drawing(bytes))
  }

  /// Not inlined: the compiler would write everything below a second time for it.
  @inline(never) private static func drawing(_ bytes: [UInt8]) -> Drawing { { output, _ in output = bytes } }

  /// Appends to what `draw` is given, and takes away what has come together whenever `draw` lets it.
  public typealias Drawing = (_ output: inout [UInt8], _ drain: (inout [UInt8]) -> Void) -> Void

  /// The same for what need not be there all at once.
  ///
  /// A supervised process may not write files: its supervisor opens them, and puts them in place.
  ///
  /// - Parameter isPublic: everybody may read the file and nobody run it, whatever the umask is.
  public static func write(to path: String, isPublic: Bool = false, _ draw: Drawing) throws(InputError) {
    do throws(SystemError) {
      if let supervised = Supervised.current {
        return try supervised.write(to: path, isPublic: isPublic, draw)
      }
      if path == "-" { return try Writing.pieces(draw, to: STDOUT_FILENO) }
      let output = try OpenOutput(path, isPublic: isPublic)
      do throws(SystemError) {
        try Writing.pieces(draw, to: output.file.number)
      } catch {
        output.discard()
        throw error
      }
      try output.commit()
    } catch {
      throw InputError(path, error.text)
    }
  }

  /// Removes a file that was written before.
  public static func remove(_ path: String) throws(InputError) {
    // Safe: the string outlives the call.
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw InputError(path, SystemError.last.text) }
  }
}
