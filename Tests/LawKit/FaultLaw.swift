// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Tape

/// The law of faults: whatever one question suffers, no verdict is stronger than without.
///
/// Where a source only keeps its answer to itself, a verdict may become unknown and nothing else. Where it says something
/// untrue that is well formed ("1" for "16", no such file), verdicts may change, but never towards what a fleet would
/// build on: not to ready and not to pass.
public struct FaultLaw {
  private let host: any HostSource
  private let probes: [any Probe.Type]
  private let draw: (HostReport) -> [UInt8]
  /// Who asked what: only those can see a fault.
  private let askers: [Question: [Int]]
  private let judged: [[Int]: Undisturbed]

  /// What some of the probes say of the host as it is.
  private struct Undisturbed {
    let verdicts: Verdicts
    let bytes: [UInt8]
  }

  /// Every question of a run, and what it can suffer.
  public let trials: [(question: Question, fault: Fault)]

  /// - Parameters:
  ///   - draw: the report in the form for machines.
  ///   - garbage: bytes of it.
  ///   - entries: how many of a listing's entries vanish; `nil`: all.
  public init(
    _ host: any HostSource, probes: [any Probe.Type], garbage: Int = Garbage.most, entries: Int? = nil,
    draw: @escaping (HostReport) -> [UInt8]
  ) {
    (self.host, self.probes, self.draw) = (host, probes, draw)
    let whole = Recorder(host)
    _ = HostReport(whole, probes: probes)
    let tape = whole.tape
    var askers: [Question: [Int]] = [:]
    for (index, probe) in probes.enumerated() {
      let recorder = Recorder(tape)
      _ = HostReport(recorder, probes: [probe])
      for question in recorder.tape.answers.keys { askers[question, default: []].append(index) }
    }
    self.askers = askers
    var judged: [[Int]: Undisturbed] = [:]
    for group in Set(askers.values) {
      let report = HostReport(tape, probes: group.map { probes[$0] })
      judged[group] = Undisturbed(verdicts: Verdicts(report), bytes: draw(report))
    }
    self.judged = judged
    // The assumption is the operator's word: no read of the host's that could fail.
    let questions = askers.keys.filter { $0 != .assumption }.sorted { $0.description < $1.description }
    trials = questions.flatMap { question in
      Fault.all(of: question, answered: tape.ask(question), garbage: garbage, entries: entries).map {
        (question, $0)
      }
    }
  }

  /// Tries every `step`th trial.
  ///
  /// - Parameter inspect: sees what was drawn each time.
  public func run(every step: Int = 1, inspect: ([UInt8]) -> String? = { _ in nil }) -> FaultCount {
    var count = FaultCount()
    for index in stride(from: 0, to: trials.count, by: step) {
      let (question, fault) = trials[index]
      attempt(question, fault, inspect, &count)
    }
    return count
  }

  private func attempt(
    _ question: Question, _ fault: Fault, _ inspect: ([UInt8]) -> String?, _ count: inout FaultCount
  ) {
    // A listing's entries are asked for by others, too.
    let isOne = if case .vanishing = fault { false } else if case .appearing = fault { false } else { true }
    let group = isOne ? askers[question] ?? [] : Array(probes.indices)
    let whole = judged[group] ?? undisturbed(group)
    let faulty = FaultyHost(host, question, fault)
    let recorder = Recorder(faulty)
    let report = HostReport(recorder, probes: group.map { probes[$0] })
    let bytes = draw(report)
    let verdicts = Verdicts(report)
    func complain(_ what: String) { count.violations.append("\(what) when \(question) was \(fault.name)") }

    count.add(fault, whole.verdicts.changes(to: verdicts).values)
    if fault.isLoss(of: question) {
      // A unit whose member cannot be placed falls apart; whether its parts stand better is asked below.
      whole.verdicts.violations(in: verdicts).filter {
        !$0.hasPrefix("unit ") || !$0.contains(": nothing became")
      }.forEach(complain)
    }
    for change in whole.verdicts.stronger(in: verdicts) {
      if let reason = FaultException.reason(for: change.name, question, fault) {
        count.exceptions[reason, default: 0] += 1
      } else {
        complain("\(change.name): \(change.before) became \(change.after)")
      }
    }
    if case .changing = fault {
      // The recorder asks once: nobody sees the second answer.
      if faulty.timesAsked.contains(where: { $0.value > 1 }) { complain("asked twice") }
      if bytes != whole.bytes { complain("another report") }
    }
    if fault == .timedOut { report.silent(question).forEach(complain) }
    if draw(HostReport(recorder.tape, probes: group.map { probes[$0] })) != bytes {
      complain("the tape gives another report")
    }
    inspect(bytes).map(complain)
  }

  private func undisturbed(_ group: [Int]) -> Undisturbed {
    let report = HostReport(host, probes: group.map { probes[$0] })
    return Undisturbed(verdicts: Verdicts(report), bytes: draw(report))
  }
}

extension HostReport {
  /// Where a question that got no answer in time is cited without saying so.
  fileprivate func silent(_ question: Question) -> [String] {
    guard let said = evidence[question] else { return [] }
    return said.contains("errno 110") ? [] : ["\(said) is all that is said"]
  }
}
