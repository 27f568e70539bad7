// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// The words of /proc/cmdline, in order. Quoted blanks are not told apart: no option judged here has any.
public struct KernelCommandLine: Sendable, Hashable {
  public let words: [String]

  public init(_ bytes: ArraySlice<UInt8>) {
    words = bytes.split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Every comma-separated value given to `option`, in order: the kernel reads them all, and the last one wins.
  public func values(of option: String) -> [String] {
    words.filter { $0.hasPrefix(option + "=") }
      .flatMap { $0.dropFirst(option.utf8.count + 1).split(separator: ",").map(String.init) }
  }

  public func contains(_ word: String) -> Bool { words.contains(word) }
}

extension HostSource {
  public func kernelCommandLine() -> Reading<KernelCommandLine> {
    read(.file("/proc/cmdline")) { KernelCommandLine($0) }
  }
}
