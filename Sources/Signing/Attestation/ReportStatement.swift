// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
public import Planning

/// What a provider states of one host's report: an in-toto Statement about the report's very bytes.
///
/// It names no host. The report itself stays where it is; whoever has it can tell that it is the one meant.
/// Source: in-toto Attestation Framework, spec/v1/statement.md and resource_descriptor.md.
public struct ReportStatement: Sendable, Hashable {
  public static let type = "https://in-toto.io/Statement/v1"
  public static let predicateType = "https://hostcap.scs.community/attestation/report/v1"
  public static let payloadType = "application/vnd.in-toto+json"
  /// What the report is called unless somebody says otherwise: its own file is named after the host.
  public static let defaultSubject = "report.json"

  public let subject: String
  /// SHA-256 of the report's bytes, in hexadecimal.
  public let digest: String
  /// The program that made the report, and its release.
  public let collector, collectorVersion: String
  /// Of the report.
  public let schemaVersion: String
  /// When the host was asked.
  public let observedAt: UTCTime
  public let signedAt: UTCTime
  /// Where each ladder stands, by its id.
  public let capabilities: [String: RecordedState]
  /// What machines that are alike share; `nil`: the report is of a guest, or of what may be one.
  public let hardwareClass: String?
  /// What only the provider knows; `nil`: it does not say.
  public let provider: String?
  public let layer: ServiceLayer?
  /// Of what the provider runs: `2026.2-rc1`.
  public let release: String?
}

extension ReportStatement {
  /// What the provider adds to what the report says. Each `nil`: nothing.
  public struct Addition: Sendable {
    public var subject = ReportStatement.defaultSubject
    public var hardwareClass: String?
    public var provider: String?
    public var layer: ServiceLayer?
    public var release: String?

    public init() {}
  }
}
