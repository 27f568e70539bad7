// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import Foundation
import HostModel
import Importers
import Tape
import Testing

/// Every real dump of the corpus, through the probes, against what other programs or its own files say of it.
@Suite struct CorpusTests {
  @Test func everyDumpIsJudgedAsExpected() async throws {
    guard let entries = try SharedCorpus.entries() else {
      print("SKIPPED: \(SharedCorpus.folder) is missing; no dump was compared")
      return
    }
    let explained = try SharedCorpus.explained()
    // Members of one archive stay together, so that it is unpacked once.
    let files = Dictionary(grouping: entries) { SharedCorpus.place(of: $0.key)?.file ?? $0.key }
    let outcomes = await withTaskGroup(of: [Outcome].self) { group in
      for file in files.values { group.addTask { Self.judge(file) } }
      return await group.reduce(into: []) { $0 += $1 }
    }
    print(CorpusTable(outcomes, explained: explained).text)
    for outcome in outcomes.sorted(by: { $0.key < $1.key }) {
      for comparison in outcome.disagreements where explained[outcome.key]?[comparison.field] == nil {
        Issue.record(
          "\(outcome.key): \(comparison.field): expected \(comparison.expected ?? "nothing"), got \(comparison.got ?? "nothing")"
        )
      }
    }
    for (key, fields) in explained.sorted(by: { $0.key < $1.key }) {
      guard let outcome = outcomes.first(where: { $0.key == key && !$0.isElsewhere }) else { continue }
      for field in fields.keys.sorted() {
        #expect(
          outcome.disagreements.contains { $0.field == field },
          "\(key): \(field): explained in disagreements.json, but it agrees")
      }
    }
  }

  private static func judge(_ entries: [SharedCorpus.Entry]) -> [Outcome] {
    var cache = ImportCache()
    return entries.map { Outcome($0, &cache) }
  }
}

/// One entry, compared.
struct Outcome: Sendable {
  let key, format: String
  /// The file is not in this part of the corpus.
  var isElsewhere = false
  var comparisons: [Comparison] = []

  var disagreements: [Comparison] { comparisons.filter { !$0.agrees } }

  init(_ entry: SharedCorpus.Entry, _ cache: inout ImportCache) {
    (key, format) = (entry.key, entry.format)
    guard let place = SharedCorpus.place(of: entry.key) else {
      isElsewhere = true
      return
    }
    do throws(InputError) {
      let machines = try cache.machines(place)
      guard let machine = machines.first else {
        comparisons = [Comparison(field: "import", expected: "a machine", got: nil)]
        return
      }
      let recorder = Recorder(machine.source)
      let report = HostReport(recorder, probes: Catalog.probes)
      comparisons =
        ProcessorComparison.compare(entry.facts, report) + FunctionComparison.compare(entry.facts, report)
        + DocumentComparison.compare(entry.facts, report, recorder)
    } catch {
      // A refusal agrees only where the other side found nothing that we judge either.
      let nothing = HostReport(Tape(), probes: Catalog.probes)
      let wanted = [
        ProcessorComparison.compare(entry.facts, nothing), FunctionComparison.compare(entry.facts, nothing),
        DocumentComparison.compare(entry.facts, nothing, Tape()),
      ].joined()
      let isKnown = error.reason.contains("holds nothing hostcap judges")
      if wanted.contains(where: { !$0.agrees }) || !isKnown && !Self.isNothing(error) && place.member == nil {
        comparisons = [Comparison(field: "import", expected: "a machine", got: error.reason)]
      }
    }
  }

  /// Refusals of dumps in which nothing is left to judge.
  private static func isNothing(_ error: InputError) -> Bool {
    error.reason.hasSuffix("without leaf 0 of CPU 0")
      || error.reason == "nothing in it is of a format hostcap knows"
  }
}
