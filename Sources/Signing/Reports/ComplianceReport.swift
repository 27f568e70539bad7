// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Documents
internal import StrictJSON
internal import Tape

/// One document of a report to the SCS compliance monitor, as far as who vouches for what and when is concerned.
///
/// Source: SovereignCloudStack/standards, compliance-monitor/README.md and Tests/scs-compliance-check.py.
public struct ComplianceReport: Sendable, Hashable {
  /// The account that it is of.
  public let subject: String
  public let checkedAt: StatedTime

  /// The documents of a file, YAML or one of JSON; `nil`: one of them is no such report.
  static func all(in bytes: [UInt8]) -> [ComplianceReport]? {
    let start = bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
    if start == UInt8(ascii: "{"), let document = try? JSONDocument(bytes) {
      return ComplianceReport(document.root).map { [$0] }
    }
    // What is read twice, once as JSON and once as YAML, could say two things: a key that is there twice is in neither.
    guard let documents = try? Document.all(parsing: bytes, path: "") else { return nil }
    let reports = documents.map { ComplianceReport($0.root) }
    return reports.contains(nil) ? nil : reports.compactMap { $0 }
  }

  private init?(subject: String?, checkedAt: String?) {
    guard let subject, StatedText.isLine(subject), let checkedAt, let time = StatedTime(checkedAt) else {
      return nil
    }
    (self.subject, self.checkedAt) = (subject, time)
  }

  private init?(_ root: JSONElement) {
    guard root["spec"]?.isObject == true, root["run"]?.isObject == true, root["schemaVersion"] == nil else {
      return nil
    }
    self.init(subject: root["subject"]?.text, checkedAt: root["checked_at"]?.text)
  }

  private init?(_ root: DocumentNode) {
    guard let object = try? root.object("the report"), object["schemaVersion"] == nil,
      let spec = object["spec"], case .object = spec.kind, let run = object["run"], case .object = run.kind
    else { return nil }
    self.init(subject: try? object["subject"]?.text(""), checkedAt: try? object["checked_at"]?.text(""))
  }
}
