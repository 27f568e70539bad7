// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A kernel's release number, `6.12.107-amd64` and the like.
public struct KernelVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var major, minor: Int

  public init(_ major: Int, _ minor: Int) { (self.major, self.minor) = (major, minor) }

  /// Reads the two leading numbers of a release; distributions back-port, so the rest decides nothing.
  public init?(_ bytes: ArraySlice<UInt8>) {
    let parts = trimmed(bytes).split(
      separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let major = decimal(parts[0]),
      let minor = decimal(parts[1].prefix { (0x30...0x39).contains($0) }), major < 1000, minor < 1000
    else { return nil }
    self.init(Int(major), Int(minor))
  }

  public static func < (a: Self, b: Self) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
  public var description: String { "\(major).\(minor)" }
}

extension HostSource {
  public func kernelVersion() -> Reading<KernelVersion> {
    read(.file("/proc/sys/kernel/osrelease"), as: KernelVersion.init)
  }

  /// A kernel module's Boolean parameter, read back: `Y`, `y` or `1`, `N`, `n` or `0`.
  /// Older kernels print some of them as integers. Source: kernel kernel/params.c, param_get_bool().
  public func flag(_ path: String) -> Reading<Bool> {
    read(.file(path)) { bytes in
      switch text(bytes) {
      case "Y", "y", "1": true
      case "N", "n", "0": false
      default: nil
      }
    }
  }
}
