// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension HostSource {
  /// The names in a directory.
  public func names(in path: String) -> Reading<[String]> {
    read(.directory(path)) { lines($0).map { String(decoding: $0, as: UTF8.self) } }
  }

  /// The last component of a symbolic link's target: a driver's name, a group's number, a function's address.
  public func linkName(_ path: String) -> Reading<String> {
    read(.link(path)) { bytes in
      bytes.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) }
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
