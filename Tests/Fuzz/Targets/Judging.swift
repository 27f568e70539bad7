// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import Planning
import ReportJSON
import ReportText
import Tape

/// What `hostcap judge` does with one machine, and what must hold of it whatever the machine said.
enum Judging {
  /// Drawing costs many times what judging does, so the input's length, which fuzzers change all the time, says how far
  /// one goes: an eighth is drawn and read again, a thirty-second judged again from its own tape, half of those drawn in
  /// every form.
  static func judge(
    _ said: any HostSource, from input: [UInt8], by probes: [any Probe.Type] = Catalog.probes
  ) throws(Broken) {
    let recorder = Recorder(Redactor(said))
    let report = HostReport(recorder, probes: probes)
    try readyOnlyByEvidence(report, recorder)
    guard input.count.isMultiple(of: 8) else { return }
    let json = drawn(report, by: JSONReport.self)
    try hold(!drawn(report, by: TextReport.self).isEmpty, "the report's text is empty")
    try ours(json)
    guard input.count.isMultiple(of: 32) else { return }
    if input.count.isMultiple(of: 64) { for form in Catalog.reports { _ = drawn(report, by: form) } }
    var text: [UInt8] = []
    recorder.tape.write(into: &text)
    let again: Tape
    do { again = try Tape(parsing: text, path: "again") } catch { throw Broken("our own tape: \(error)") }
    try hold(again == recorder.tape, "the tape does not survive its text")
    try hold(
      json == drawn(HostReport(again, probes: probes), by: JSONReport.self),
      "the tape gives another report")
  }

  static func drawn(_ report: HostReport, by form: any Renderer.Type) -> [UInt8] {
    var bytes: [UInt8] = []
    form.render(report, into: &bytes)
    return bytes
  }

  /// Silence, refusals and failures make nothing ready: some answer in bytes stands behind it.
  private static func readyOnlyByEvidence(_ report: HostReport, _ host: any HostSource) throws(Broken) {
    for climb in report.climbs where climb.state == .ready {
      let cited = climb.steps.flatMap { $0.judgement.citing }
      let isSaid = cited.contains { if case .bytes = host.ask($0) { true } else { false } }
      try hold(isSaid, "\(climb.ladder.id) is ready, and nobody said anything")
    }
  }

  /// What we write we read.
  private static func ours(_ json: [UInt8]) throws(Broken) {
    let records: [HostRecord]?
    do { records = try HostRecord.records(json, name: "host", path: "report") } catch {
      throw Broken("our own report: \(error)")
    }
    try hold(records?.count == 1, "our own report is none")
  }
}
