// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

/// What one machine's tests came to.
public struct TestResults: Sendable, Hashable {
  /// Where the machine stands among several, from 1; `nil`: it is the only one. Boards are public, so this takes the
  /// place of its name.
  public let place: Int?
  /// The kind of machine, `milan`; `worker` where the processor is not known. Never a host's name.
  public let worker: String
  /// Seconds since 1970; `nil`: the dump does not say when it was taken.
  public let observedAt: UInt64?
  public let suites: [TestSuite]

  public init(place: Int? = nil, worker: String, observedAt: UInt64?, suites: [TestSuite]) {
    (self.place, self.worker) = (place, worker)
    (self.observedAt, self.suites) = (observedAt, suites)
  }

  /// `machine-2`; `nil`: the only one.
  public var machine: String? { place.map { "machine-\($0)" } }

  /// An id or a suite's name as it is unique among all machines: `machine-2.hostcap.iommu`.
  public func qualified(_ name: some StringProtocol) -> String {
    machine.map { "\($0).\(name)" } ?? String(name)
  }

  /// `milan`, or `milan-2` for the second of several machines.
  public var workerName: String { place.map { "\(worker)-\($0)" } ?? worker }

  public var count: OutcomeCount { OutcomeCount(suites.flatMap(\.cases)) }
}

extension TestResults {
  /// Suites for what the report speaks of: its capabilities, then its devices.
  public init(_ report: HostReport, place: Int? = nil) {
    self.init(
      place: place, worker: Self.worker(of: report), observedAt: report.observedAt,
      suites: report.climbs.map { CapabilityCases($0, of: report).suite } + DeviceCases(report).suites)
  }

  /// The processor's code name as a word: `Ice Lake-SP` as `ice-lake-sp`.
  public static func worker(of report: HostReport) -> String {
    guard case .text(let name)? = report.fact("cpu.codename") else { return "worker" }
    let word = PlainText.word(name)
    return word.isEmpty ? "worker" : word
  }
}
