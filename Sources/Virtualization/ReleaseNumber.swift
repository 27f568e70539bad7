// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A version of QEMU's or libvirt's.
public struct ReleaseNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
  let major, minor, release: UInt64

  init(_ major: UInt64, _ minor: UInt64) { (self.major, self.minor, release) = (major, minor, 0) }

  /// - Parameter packed: 1000000 major + 1000 minor + release. Source: libvirt src/libvirt-host.c, virConnectGetVersion().
  init(packed: UInt64) {
    (major, minor, release) = (packed / 1_000_000, packed / 1000 % 1000, packed % 1000)
  }

  public static func < (a: Self, b: Self) -> Bool {
    (a.major, a.minor, a.release) < (b.major, b.minor, b.release)
  }
  public var description: String { "\(major).\(minor).\(release)" }
}
