// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Tape

/// The law: taking evidence away may only turn a verdict into `unknown`, never into another.
public enum EvidenceLoss {
  /// Files that a kernel may well leave empty, and then means it.
  public static let speaksWhenEmpty = [
    "/reset_method", "/name", "/driver_override", "/reserved_regions", "/cmdline",
  ]

  /// An answer gone missing, in each way it can. An empty directory is an answer, an empty file mostly a lost one.
  public static func losses(of question: Question) -> [Answer] {
    let ways: [Answer] = [.denied, .withheld("lost"), .failed(code: 5, "EIO")]
    switch question {
    case .directory: return ways
    case .file(let path) where speaksWhenEmpty.contains(where: path.hasSuffix): return ways
    default: return ways + [.bytes([])]
    }
  }

  /// Every question that `host` was asked, taken away one at a time, in each way.
  ///
  /// - Parameter most: how many questions to try, evenly spread; `nil`: all.
  public static func violations(
    on host: any HostSource, probes: [any Probe.Type], most: Int? = nil
  ) -> [String] {
    let recorder = Recorder(host)
    let whole = Verdicts(recorder, probes: probes)
    let questions = recorder.tape.answers.filter { isThere($0.value) }.keys
      .sorted { $0.description < $1.description }
    let stride = max(1, questions.count / max(1, most ?? questions.count))
    var found: [String] = []
    for index in Swift.stride(from: 0, to: questions.count, by: stride) {
      let question = questions[index]
      for loss in losses(of: question) {
        var tape = recorder.tape
        guard tape[question] != loss else { continue }
        tape[question] = loss
        found += whole.violations(in: Verdicts(tape, probes: probes)).map {
          "\($0) when \(question) was \(loss)"
        }
      }
    }
    return found
  }

  /// What was never there cannot be taken away.
  private static func isThere(_ answer: Answer) -> Bool {
    switch answer {
    case .bytes, .absent: true
    case .denied, .withheld, .failed: false
    }
  }
}
