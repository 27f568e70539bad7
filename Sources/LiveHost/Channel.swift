// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// One end of the line between a supervisor and its child.
///
/// A message is its length, four bytes little endian, and that many bytes; the answer to a wish for a file is one byte, an
/// errno, and the file.
struct Channel: Sendable {
  let number: Int32

  func send(_ message: [UInt8]) throws(SystemError) {
    var rest = (littleEndianBytes(UInt32(truncatingIfNeeded: message.count)) + message)[...]
    while !rest.isEmpty {
      // Not write: where the other side is gone that would end us too.
      // Safe: the pointer is used inside the closure only, with its own length.
      let sent = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0, errno == EINTR { continue }
      if sent < 0 { throw .last }
      rest = rest.dropFirst(sent)
    }
  }

  /// - Parameter limit: bytes; a longer message is EMSGSIZE. `nil`: the other side is gone.
  func receive(limit: Int) throws(SystemError) -> [UInt8]? {
    guard let head = try bytes(4) else { return nil }
    let length = head.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= limit else { throw SystemError(EMSGSIZE) }
    return try bytes(length)
  }

  private func bytes(_ count: Int) throws(SystemError) -> [UInt8]? {
    var used = 0
    var failure: SystemError?
    let all = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while used < count {
        // Safe: what is asked for is what is left of the buffer.
        let got = unsafe read(number, buffer.baseAddress.map { unsafe $0 + used }, count - used)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = .last }
        guard got > 0 else { break }
        used += got
      }
      filled = used
    }
    if let failure { throw failure }
    return used == count ? all : nil
  }

  /// - Parameter file: `nil`: the outcome alone.
  func send(outcome: SystemError?, file: Int32? = nil) throws(SystemError) {
    let status = chost_send_file(number, UInt8(truncatingIfNeeded: outcome?.code ?? 0), file ?? -1)
    if status != 0 { throw SystemError(-status) }
  }

  /// What the other side made of a wish; throws its errno.
  func receiveOutcome() throws(SystemError) -> Int32 {
    var (outcome, file): (UInt8, Int32) = (0, -1)
    // Safe: both outlive the call.
    let status = unsafe chost_receive_file(number, &outcome, &file)
    guard status == 0, outcome == 0 else { throw SystemError(status == 0 ? Int32(outcome) : -status) }
    return file
  }
}
