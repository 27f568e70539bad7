// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
package import Evidence
internal import Glibc

/// Asks in a child process, so that a daemon or firmware that never replies costs a deadline and no more.
struct Helper {
  let means: Means
  let deadlineSeconds: Int
  /// Whether the program gives up what it does not need.
  let isConfined: Bool

  enum Means {
    /// The program that answers when it is called with `HelperEntry.flag`.
    case program(String)
    /// Who starts one for us: we may not.
    case supervisor(Supervised)
  }

  init(_ means: Means, deadlineSeconds: Int, isConfined: Bool = true) {
    (self.means, self.deadlineSeconds, self.isConfined) = (means, deadlineSeconds, isConfined)
  }

  /// Through the supervisor, where there is one; else by starting `program`.
  init(program: String, deadlineSeconds: Int) {
    self.init(Supervised.current.map(Means.supervisor) ?? .program(program), deadlineSeconds: deadlineSeconds)
  }

  /// Bytes; a libvirt document may be 4 MiB, and its frame adds a line.
  static let limit = (4 << 20) + 64
  /// A day: its milliseconds still fit into 32 bits.
  private static let longestSeconds = 86_400

  /// - Parameter target: a device node's path, or a libvirt URI.
  func ask(_ question: Question, of target: String) -> Answer {
    switch means {
    case .program(let program): run(program, question, of: target)
    case .supervisor(let supervised): supervised.ask(question, of: target)
    }
  }

  private func run(_ program: String, _ question: Question, of target: String) -> Answer {
    var output: UnsafeMutablePointer<UInt8>?
    var length = 0
    var exit: Int32 = 0
    let milliseconds = Int32(min(max(deadlineSeconds, 0), Self.longestSeconds) * 1000)
    // Safe: the strings and the results outlive the call.
    let status = unsafe chost_run(
      program, isConfined ? HelperEntry.flag : HelperEntry.freeFlag, question.description, target,
      milliseconds, Self.limit, &output, &length,
      &exit)
    // Safe: `output` is the call's own allocation or NULL, and is freed once, after the copy.
    defer { unsafe free(output) }
    switch status {
    case 0: break
    case -ETIMEDOUT: return .failed(code: ETIMEDOUT, "\(question): no reply within \(deadlineSeconds) s")
    case -EMSGSIZE:
      return .failed(code: EMSGSIZE, "\(question): the reply is longer than \(Self.limit) bytes")
    // Not `SystemError.answer`: what kept the helper from running says nothing about the host.
    default:
      return .failed(code: -status, "\(question): the helper did not run: \(SystemError(-status).text)")
    }
    // Safe: on success `output` holds `length` bytes.
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: output, count: length))
    guard exit == 0, let answer = Answer(frame: bytes) else {
      return .failed(code: 0, "\(question): the helper ended with status \(exit)")
    }
    return answer
  }
}

extension Answer {
  /// What a helper prints: a line that names the kind, then bytes or text.
  package var frame: [UInt8] {
    switch self {
    case .bytes(let bytes): Array("bytes\n".utf8) + bytes
    case .absent: Array("absent\n".utf8)
    case .denied: Array("denied\n".utf8)
    case .withheld(let why): Array("withheld\n\(why)".utf8)
    case .failed(let code, let why): Array("failed \(code)\n\(why)".utf8)
    }
  }

  /// Reads what `frame` writes; `nil` for anything else, a cut one included.
  package init?(frame: [UInt8]) {
    guard let end = frame.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let rest = frame[(end + 1)...]
    let words = String(decoding: frame[..<end], as: UTF8.self).split(separator: " ")
    switch (words.first, words.count) {
    case ("bytes", 1): self = .bytes(Array(rest))
    case ("absent", 1): self = .absent
    case ("denied", 1): self = .denied
    case ("withheld", 1): self = .withheld(String(decoding: rest, as: UTF8.self))
    case ("failed", 2):
      guard let code = Int32(words[1]) else { return nil }
      self = .failed(code: code, String(decoding: rest, as: UTF8.self))
    default: return nil
    }
  }
}
