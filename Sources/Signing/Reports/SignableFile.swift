// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Documents
public import HostModel
internal import Planning
internal import StrictJSON
internal import Tape

/// What the bytes of a file are, as far as its signature is concerned.
public enum SignableFile: Sendable {
  /// What `scs-compliance-check.py` writes: every document of the file.
  case compliance([ComplianceReport])
  /// A host's report; no time: it does not say when the host was asked.
  case host(observedAt: UTCTime?)
  /// Neither.
  case other

  /// Bytes: as much as a file to sign may have.
  public static let sizeLimit = 64 << 20

  /// The compliance monitor's, which takes nothing else.
  public static let complianceNamespace = "report"
  /// What `fleet ingest` asks for.
  public static let hostNamespace = "hostcap-report@scs.community"

  public init(_ bytes: [UInt8]) {
    if let reports = ComplianceReport.all(in: bytes) {
      self = .compliance(reports)
      return
    }
    guard let document = try? JSONDocument(bytes), let record = try? HostRecord(document.root, name: "")
    else {
      self = .other
      return
    }
    self = .host(observedAt: record.observedAt.flatMap(StatedText.time))
  }

  /// What its signatures are made for; `nil`: nobody but the user can tell.
  public var namespace: String? {
    switch self {
    case .compliance: Self.complianceNamespace
    case .host: Self.hostNamespace
    case .other: nil
    }
  }

  /// Refuses a report of another subject. Errors also: a file that has none.
  public func check(subject wanted: String) throws(SigningFault) {
    guard case .compliance(let reports) = self else {
      throw SigningFault("is no compliance report, so it has no subject")
    }
    for report in reports where report.subject != wanted {
      throw SigningFault("has the subject \(report.subject.debugDescription), not \(wanted.debugDescription)")
    }
  }

  /// Refuses what is too old or from the future. Errors also: a file that says no time, if an age is asked for.
  public func check(_ freshness: Freshness) throws(SigningFault) {
    var times: [(UTCTime, String)] = []
    switch self {
    case .compliance(let reports):
      times = reports.map { ($0.checkedAt.earliest, "checked at \($0.checkedAt.explanation)") }
    case .host(let observedAt): if let observedAt { times = [(observedAt, "observed at \(observedAt)")] }
    case .other: break
    }
    if times.isEmpty, freshness.maximumAge != nil {
      throw SigningFault("says no time, so nobody can tell how old it is")
    }
    for (time, event) in times {
      if let reason = freshness.reason(against: time, event) { throw SigningFault(reason) }
    }
  }

  /// For people, a line each: what was said and when.
  public var lines: [String] {
    switch self {
    case .compliance(let reports): reports.map { "report of \($0.subject), checked at \($0.checkedAt)" }
    case .host(let observedAt): ["host report, observed at \(observedAt?.description ?? "no known time")"]
    case .other: []
    }
  }
}
