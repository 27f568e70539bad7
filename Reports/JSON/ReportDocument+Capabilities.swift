// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import HostModel

extension ReportDocument {
  func capability(_ climb: Climb) -> JSONValue {
    [
      "id": .string(climb.ladder.id),
      "title": .string(climb.ladder.title),
      "state": .string(climb.state.rawValue),
      "holdsAt": .text(climb.holdsAt?.rawValue),
      "stopsAt": climb.stopsAt.map(landing) ?? .null,
      "firstUnknown": climb.firstUnknown.map(landing) ?? .null,
      "disputed": .strings(climb.disputed.map(\.rung.id)),
      "rungs": .array(climb.steps.map(rung)),
    ]
  }

  /// The rung that decided, with what to do about it.
  private func landing(_ step: Climb.Step) -> JSONValue {
    .object(
      advice(step.judgement.reason, at: nil, citing: step.judgement.citing).merging([
        "rung": .string(step.rung.id),
        "layer": .string(step.rung.layer.rawValue),
        "because": .string(step.judgement.because),
      ]) { _, new in new })
  }

  private func rung(_ step: Climb.Step) -> JSONValue {
    let advice = self.advice(step.judgement.reason, at: nil, citing: step.judgement.citing)
    return .object(
      advice.merging([
        "id": .string(step.rung.id),
        "layer": .string(step.rung.layer.rawValue),
        "title": .string(step.rung.title),
        "specification": .string(step.rung.specification),
        "advisory": .bool(step.rung.isAdvisory),
        "verdict": .string(step.judgement.verdict.rawValue),
        "because": .string(step.judgement.because),
        "implied": .bool(step.judgement.implied),
        "impliedBy": .strings(step.impliedBy),
        "evidence": evidence(step.judgement.citing),
      ]) { _, new in new })
  }
}
