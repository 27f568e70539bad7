// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import LiveHost
public import Tape

/// Takes deliveries into a store, batch by batch: what was taken stays, whenever it ends, and the rest can come again.
///
/// Deliveries are admitted by several threads and written by one, in the order in which they came.
public struct Ingest {
  /// What came of it.
  public struct Outcome: Sendable {
    public internal(set) var new = 0
    /// Reports that were there already.
    public internal(set) var known = 0
    public internal(set) var refusals: [Refusal] = []
  }

  /// Reports in a batch: enough that a transaction costs nothing beside them. Without a folder there is nothing to sync.
  private static let (batch, smallBatch) = (2_048, 128)

  private let store: Store
  private let admission: Admission
  private let threads: Int
  private var reports: [ReportEntry] = []
  private var proofs: [AdmittedProof] = []
  /// As segments have them, one of each report; empty: the store keeps none.
  private var lines: [[UInt8]] = []
  private var size = 0
  private var waiting: [Refusal] = []
  public private(set) var outcome = Outcome()

  /// - Parameter threads: that admit; as many as there are processors, if not given.
  public init(into store: Store, through admission: Admission, threads: Int? = nil) {
    (self.store, self.admission, self.threads) = (store, admission, threads ?? OrderedWork.processors)
  }

  private enum Step: Sendable {
    case report(ReportEntry, line: [UInt8])
    case proof(AdmittedProof)
    case refusal(Refusal)
  }

  /// All of it. Errors: the store's; what was wrong with a delivery is in the outcome.
  ///
  /// - Parameter progress: called now and then, with the files begun and how many there are.
  public mutating func take(
    _ deliveries: consuming Deliveries, progress: (_ begun: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(InputError) {
    var deliveries: Deliveries? = consume deliveries
    let total = deliveries?.total ?? 0
    let (admission, keepsLines) = (admission, store.folder != nil)
    do {
      try OrderedWork.run(threads: threads, ahead: threads * 3) {
        DeliveryPiece(of: &deliveries)
      } work: { piece in
        (piece.items.map { Self.admit($0, admission, keepsLines) }, piece.begun)
      } take: { (admitted: [Step], begun: Int) in
        for one in admitted { try add(one) }
        progress(begun, total)
      }
      try flush()
    } catch { throw Store.refusal(store.path, error) }
  }

  private static func admit(_ item: Deliveries.Item, _ admission: Admission, _ keepsLines: Bool) -> Step {
    switch item {
    case .refusal(let refusal): return .refusal(refusal)
    case .delivery(let delivery):
      do throws(Refusal) {
        switch try admission.admit(delivery) {
        case .report(let report):
          return .report(ReportEntry(report), line: keepsLines ? Segment.line(report) : [])
        case .proof(let proof): return .proof(proof)
        }
      } catch { return .refusal(error) }
    }
  }

  private mutating func add(_ one: Step) throws {
    switch one {
    case .report(let report, let line):
      if store.folder != nil {
        lines.append(line)
        size += line.count
      }
      reports.append(report)
    case .proof(let proof): proofs.append(proof)
    case .refusal(let refusal): waiting.append(refusal)
    }
    let batch = store.folder == nil ? Self.smallBatch : Self.batch
    if reports.count + waiting.count >= batch || size >= Segment.size { try flush() }
  }

  private mutating func flush() throws {
    guard !reports.isEmpty || !waiting.isEmpty || !proofs.isEmpty else { return }
    let taken = try store.take(reports, lines, proofs, waiting, now: admission.now.description)
    outcome.new += taken.new
    outcome.known += taken.known
    outcome.refusals += taken.refused
    reports.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    size = 0
    waiting.removeAll()
    proofs.removeAll()
  }
}

/// What rows are made of: a report that was let in, without its bytes.
struct ReportEntry: Sendable {
  let host: HostIdentity
  let observedAt, digest, signedBy, source: String
  let facts: HostFacts

  init(_ report: AdmittedReport) {
    (host, observedAt, digest) = (report.host, report.observedAt, report.digest)
    (signedBy, source, facts) = (report.signedBy, report.source, report.facts)
  }
}
