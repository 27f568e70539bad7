// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// A verdict that becomes stronger by right when one answer goes wrong.
struct FaultException {
  /// How the question ends.
  let question: String
  /// How the fault's name begins; empty: any.
  var fault = ""
  let why: String

  static let all: [FaultException] = [
    FaultException(
      question: "enable_unsafe_noiommu_mode", fault: "absent",
      why: "a module without the parameter has no such mode"),
    FaultException(
      question: "/devices", fault: "truncated",
      why: "a group's listing that ends early, at the end of a line, is one like any other"),
  ]

  /// Why this change is none that the law forbids; `nil`: it is.
  static func reason(for verdict: String, _ question: Question, _ fault: Fault) -> String? {
    all.first {
      question.description.hasSuffix($0.question) && fault.name.hasPrefix($0.fault)
    }?.why
  }
}
