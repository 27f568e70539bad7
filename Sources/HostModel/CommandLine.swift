// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// The kernel's command line, as words.
public struct CommandLine: Sendable, Hashable {
  /// Key and value in order; a word without `=` has the empty value. `-` in a key reads as `_`, as module parameters do.
  public let words: [(key: String, value: String)]

  /// `nil`: no newline at the end, which the kernel always prints: what was cut off could be the word that matters.
  public init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.last == UInt8(ascii: "\n") else { return nil }
    // By bytes: a dozen rungs ask for it.
    words = trimmed(bytes).split(separator: 0x20).map { word in
      let equals = word.firstIndex(of: UInt8(ascii: "="))
      let key = word[..<(equals ?? word.endIndex)].map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
      let value = equals.map { word[($0 + 1)...] } ?? []
      return (String(decoding: key, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
  }

  public static func == (a: Self, b: Self) -> Bool { a.words.elementsEqual(b.words, by: ==) }
  public func hash(into hasher: inout Hasher) {
    for word in words {
      hasher.combine(word.key)
      hasher.combine(word.value)
    }
  }

  public func has(_ key: String) -> Bool { words.contains { $0.key == key } }

  /// Each value given to a key, split at commas, in order.
  public func all(_ key: String) -> [String] {
    words.filter { $0.key == key }.flatMap { $0.value.split(separator: ",").map(String.init) }
  }

  /// The value that wins where later ones override earlier ones; `nil`: the key is not there.
  public func last(_ key: String) -> String? { all(key).last }

  /// The word that asks for passthrough, `iommu=pt` or `iommu.passthrough=1`, unless a later one takes it back.
  /// Source: kernel arch/x86/kernel/pci-dma.c, iommu_setup(); drivers/iommu/iommu.c, iommu_set_def_domain_type().
  public var iommuPassthrough: String? {
    var asked: String?
    for word in words {
      switch (word.key, word.value) {
      case ("iommu", let values):
        for value in values.split(separator: ",") where ["pt", "nopt"].contains(value) {
          asked = value == "pt" ? "iommu=\(values)" : nil
        }
      case ("iommu.passthrough", let value):
        asked = ["1", "y", "on"].contains(value) ? "iommu.passthrough=\(value)" : nil
      default: continue
      }
    }
    return asked
  }
}

extension HostSource {
  public func commandLine() -> Reading<CommandLine> { read(.file("/proc/cmdline"), as: CommandLine.init) }
}
