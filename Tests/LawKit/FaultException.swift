// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// A verdict that becomes stronger by right when one answer goes wrong.
struct FaultException {
  /// How the question ends.
  let question: String
  let why: String

  static let all: [FaultException] = [
    FaultException(
      question: "assumption",

      why: "the operator's word is gone, and the host's own, that it is a guest, counts")
  ]

  /// Why this change is none that the law forbids; `nil`: it is.
  static func reason(for verdict: String, _ question: Question, _ fault: Fault) -> String? {
    all.first { question.description.hasSuffix($0.question) }?.why
  }
}
