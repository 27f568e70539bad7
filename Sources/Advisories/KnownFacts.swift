// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

/// A report's facts by id, as far as hardware and firmware are told from them.
///
/// One form for a report that was just made and for one that was read back: both are asked the same.
public struct KnownFacts: Sendable, Hashable {
  public let values: [String: Fact.Value]

  public init(_ values: [String: Fact.Value]) { self.values = values }

  public init(_ report: HostReport) {
    values = Dictionary(report.facts.map { ($0.id, $0.value) }) { first, _ in first }
  }

  /// `nil`: the report has no such fact, or one of another type.
  public func text(_ id: String) -> String? { if case .text(let text)? = values[id] { text } else { nil } }
  public func count(_ id: String) -> UInt64? {
    if case .count(let count)? = values[id] { count } else { nil }
  }
  public func flag(_ id: String) -> Bool? { if case .flag(let flag)? = values[id] { flag } else { nil } }
  public func list(_ id: String) -> [String]? {
    if case .list(let list)? = values[id] { list } else { nil }
  }

  /// The number behind a word of a list: `snp=27` in `amd.psp.snp-tcb-components`.
  public func count(_ word: String, in id: String) -> UInt64? {
    list(id)?.lazy.filter { $0.hasPrefix("\(word)=") }.compactMap {
      UInt64($0.dropFirst(word.utf8.count + 1))
    }
    .first
  }
}
