// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import ReportText
import Tape

extension Topic {
  /// Throws where the machine has no such PCI function.
  func explanation(on subject: Subject, style: TextStyle) throws(InputError) -> [UInt8] {
    let source = subject.source
    var explanation = Explanation(style: style, advisor: subject.report.advisor) {
      source.ask($0).summary(of: $0)
    }
    switch self {
    case .capability(let ladder):
      explanation.add(subject.report.climb(ladder.id) ?? ladder.climb(source))
    case .rung(let ladder, let rung):
      let climb = subject.report.climb(ladder.id) ?? ladder.climb(source)
      if let step = climb.steps.first(where: { $0.rung.id == rung.id }) {
        explanation.add(step, of: climb)
      } else {
        // Below it is a gate that does not pass.
        explanation.add(climb)
      }
    case .reason(let reason): explanation.add(reason, in: subject.report)
    case .function(let address):
      guard subject.report.functions.contains(where: { $0.address == address }) else {
        throw InputError(subject.name ?? "this host", "no PCI function \(address)")
      }
      for ladder in Catalog.ladders(for: address, in: subject.report, on: source) {
        explanation.add(ladder.climb(source), at: address)
      }
    case .nothing: break
    }
    return explanation.output
  }
}
