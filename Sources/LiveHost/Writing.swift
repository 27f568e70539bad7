// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Glibc

/// Writing whole buffers to descriptors.
public enum Writing {
  static func all(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Safe: the pointer is used inside the closure only, with its own length.
      let sent = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if sent < 0, errno == EINTR { continue }
      if sent < 0 { throw .last }
      rest = rest.dropFirst(sent)
    }
  }

  /// Bytes that are worth a call.
  private static let piece = 1 << 16

  /// Writes what `draw` makes while it is made. After an error the rest is drawn for nothing.
  static func pieces(_ draw: OutputFile.Drawing, to descriptor: Int32) throws(SystemError) {
    var output: [UInt8] = []
    var failure: SystemError?
    draw(&output) { output in
      guard output.count >= piece else { return }
      if failure == nil {
        do throws(SystemError) { try all(output, to: descriptor) } catch { failure = error }
      }
      output.removeAll(keepingCapacity: true)
    }
    if let failure { throw failure }
    try all(output, to: descriptor)
  }

  /// On standard error as it is: a progress bar moves the cursor.
  public static func draw(_ text: String) { try? all(Array(text.utf8), to: STDERR_FILENO) }

  /// Longest complaint, in Unicode scalars: it may quote a document.
  private static let complaintLimit = 4000

  /// One line on standard error. What could steer a terminal becomes U+FFFD.
  public static func complain(_ line: String) {
    // There is nobody left to tell when this fails.
    try? all(Array("\(line.harmless(limit: complaintLimit))\n".utf8), to: STDERR_FILENO)
  }

  /// The same for several lines.
  public static func complain(lines: String) {
    for line in lines.split(separator: "\n", omittingEmptySubsequences: false) { complain(String(line)) }
  }
}
