// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One thing that a test board shows: what was tested, what it came to, and what to do about it.
///
/// Every text can be written in XML 1.0, YAML and subunit as it is, and names no PCI function: boards are public.
public struct TestCase: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    case passed
    case failed(String)
    /// Not known, not possible on this hardware, or not asked: neither passed nor failed.
    case skipped(String)
  }

  /// Lower case, dotted, the same on every host and for ever: `hostcap.amd.sev-snp.iommu-translated`.
  public let id: String
  /// What holds when it passes, a few words.
  public let title: String
  public let outcome: Outcome
  /// Id of the reason, `bios.smee_off`; `nil`: there is none in the closed list.
  public let reason: String?
  /// Lines for people: the title, what was seen, the evidence, the fix and the command that checks it.
  public let details: String

  public init(
    _ id: String, _ title: String, _ outcome: Outcome, reason: String? = nil, details: [String] = []
  ) {
    (self.id, self.reason) = (id, reason)
    self.title = PlainText.line(title)
    self.outcome =
      switch outcome {
      case .passed: .passed
      case .failed(let why): .failed(PlainText.line(why))
      case .skipped(let why): .skipped(PlainText.line(why))
      }
    self.details = ([title] + details).map(PlainText.line).joined(separator: "\n")
  }

  /// `hostcap.amd.sev-snp` of `hostcap.amd.sev-snp.iommu-translated`; an id has a dot.
  public var className: Substring { id.lastIndex(of: ".").map { id[..<$0] } ?? "" }

  /// The last part of the id.
  public var name: Substring { id.lastIndex(of: ".").map { id[id.index(after: $0)...] } ?? id[...] }
}

/// Cases that belong together, in order: a capability, or one way of handing out devices.
public struct TestSuite: Sendable, Hashable {
  /// The id of a capability, or of a ladder for devices: `amd.sev-snp`, `pci.passthrough`.
  public let name: String
  public let cases: [TestCase]

  public init(_ name: String, _ cases: [TestCase]) { (self.name, self.cases) = (name, cases) }

  public var count: OutcomeCount { OutcomeCount(cases) }
}

/// How many cases came to what.
public struct OutcomeCount: Sendable, Hashable {
  public private(set) var passed, failed, skipped: Int

  public init(_ cases: some Sequence<TestCase>) {
    (passed, failed, skipped) = (0, 0, 0)
    for one in cases {
      switch one.outcome {
      case .passed: passed += 1
      case .failed: failed += 1
      case .skipped: skipped += 1
      }
    }
  }

  public var all: Int { passed + failed + skipped }
}
