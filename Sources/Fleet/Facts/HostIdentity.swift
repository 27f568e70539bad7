// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// Whose report it is: provider, region and the host's name, as the operator's folders or the line's `machine` have them.
///
/// A report itself names nobody.
public struct HostIdentity: Sendable, Hashable, CustomStringConvertible {
  public let provider, region, name: String

  /// What stands for a provider or a region that nobody named.
  public static let defaultProvider = "local"
  public static let defaultRegion = "default"
  private static let partLimit = 200

  /// From `PROVIDER/REGION/HOST`, `PROVIDER/HOST` or `HOST`; of a longer path the last three. `nil`: a part that is
  /// empty, longer than 200 bytes, begins with a dot, or holds anything but letters, digits, dots, dashes and
  /// underscores.
  public init?(
    path: String, provider: String = Self.defaultProvider, region: String = Self.defaultRegion
  ) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init).suffix(3)
    let all =
      switch parts.count {
      case 3: Array(parts)
      case 2: [parts.first ?? "", region, parts.last ?? ""]
      default: [provider, region, parts.last ?? ""]
      }
    guard all.allSatisfy(Self.isName) else { return nil }
    (self.provider, self.region, name) = (all[0], all[1], all[2])
  }

  public static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= partLimit && !text.hasPrefix(".")
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2e
          || $0 == 0x2d || $0 == 0x5f
      }
  }

  public var description: String { "\(provider)/\(region)/\(name)" }

  /// The number that rows know it by: 63 bits of SHA-256, the same everywhere. Two of a million hosts share one with a
  /// probability below one in ten million; the store refuses the second.
  public var key: Int64 {
    let first = SHA256.hash(data: Array(description.utf8)).prefix(8)
    return Int64(first.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & 0x7fff_ffff_ffff_ffff)
  }
}

/// SHA-256 in hexadecimal, as rows and segments have it.
public enum Digest {
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in hash.finalize() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
