// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension HostSource {
  /// The names in a directory.
  /// Errors: a listing that breaks off, and one with what no file can be called, is unreadable.
  /// Source: POSIX.1-2024, Base Definitions 3.141, Filename; Linux's limits.h, NAME_MAX.
  public func names(in path: String) -> Reading<[String]> {
    read(.directory(path)) { bytes in
      guard bytes.isEmpty || bytes.last == UInt8(ascii: "\n") else { return nil }
      let names = lines(bytes)
      guard names.allSatisfy({ $0.count <= 255 && !$0.contains(0) && !$0.contains(UInt8(ascii: "/")) }) else {
        return nil
      }
      return names.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The last component of a symbolic link's target: a driver's name, a group's number, a function's address.
  public func linkName(_ path: String) -> Reading<String> { linkName(.link(path)) }

  /// The same of a question for a link.
  public func linkName(_ question: Question) -> Reading<String> {
    read(question) { bytes in
      var end = bytes.endIndex
      while end > bytes.startIndex, bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
      guard end > bytes.startIndex else { return nil }
      let start = bytes[..<end].lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? bytes.startIndex
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }

  /// Whether a directory holds a name. A copy of a tree may hold only some of them, so there the lack of one is
  /// withheld, not `false`. For directories that are never empty on a host.
  public func contains(_ name: String, in path: String) -> Reading<Bool> {
    names(in: path).flatMap { names in
      if names.contains(name) { return .value(true) }
      if names.isEmpty { return .unreadable("an empty listing of a directory that never is") }
      let origin = origin()
      switch origin.outcome {
      case .value(.live), .value(.mount): return .value(false)
      case .value: return .withheld("not in this copy")
      default: return .withheld("whether the listing is whole cannot be seen")
      }
    }
  }
}
