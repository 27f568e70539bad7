// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
public import Tape

/// Takes deliveries into a store, batch by batch: what was taken stays, whenever it ends, and the rest can come again.
public struct Ingest {
  /// What came of it.
  public struct Outcome: Sendable {
    public internal(set) var new = 0
    /// Reports that were there already.
    public internal(set) var known = 0
    public internal(set) var refusals: [Refusal] = []
  }

  /// Reports in a batch: enough that a transaction costs nothing beside them.
  private static let batch = 2_048

  private let store: Store
  private let admission: Admission
  private var reports: [AdmittedReport] = []
  private var proofs: [AdmittedProof] = []
  /// As segments have them, one of each report; empty: the store keeps none.
  private var lines: [[UInt8]] = []
  private var size = 0
  private var waiting: [Refusal] = []
  public private(set) var outcome = Outcome()

  public init(into store: Store, through admission: Admission) {
    (self.store, self.admission) = (store, admission)
  }

  /// All of it. Errors: the store's; what was wrong with a delivery is in the outcome.
  ///
  /// - Parameter progress: called after each delivery, with the files begun and how many there are.
  public mutating func take(
    _ deliveries: consuming Deliveries, progress: (_ begun: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(InputError) {
    while let item = deliveries.next() {
      switch item {
      case .refusal(let refusal): waiting.append(refusal)
      case .delivery(let delivery):
        do throws(Refusal) {
          switch try admission.admit(delivery) {
          case .report(let report): add(report)
          case .proof(let proof): proofs.append(proof)
          }
        } catch { waiting.append(error) }
      }
      if reports.count + waiting.count >= Self.batch || size >= Segment.size { try flush() }
      progress(deliveries.begun, deliveries.total)
    }
    try flush()
  }

  private mutating func add(_ report: AdmittedReport) {
    if store.folder != nil {
      lines.append(Segment.line(report))
      size += report.bytes.count
    }
    reports.append(report.withoutBytes)
  }

  private mutating func flush() throws(InputError) {
    guard !reports.isEmpty || !waiting.isEmpty || !proofs.isEmpty else { return }
    do {
      let taken = try store.take(reports, lines, proofs, waiting, now: admission.now.description)
      outcome.new += taken.new
      outcome.known += taken.known
      outcome.refusals += taken.refused
    } catch { throw Store.refusal(store.path, error) }
    reports.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    size = 0
    waiting.removeAll()
    proofs.removeAll()
  }
}

extension AdmittedReport {
  /// Its bytes are in a segment then.
  var withoutBytes: AdmittedReport {
    AdmittedReport(
      host: host, observedAt: observedAt, digest: digest, signedBy: signedBy, source: source, bytes: [],
      record: record, facts: facts)
  }
}
