// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes that may be a report, and what the place where they lay says of it.
public struct Delivery: Sendable {
  /// For people: `reports.tar.gz:acme/r1/n1.json`, `run.ndjson: line 7`.
  public let source: String
  /// `PROVIDER/REGION/HOST` by the folders it lay in; of a line the report's own `machine` counts.
  public let machine: String
  /// Of hosts whose path does not say.
  public let provider, region: String
  public let bytes: [UInt8]
  /// What lay beside it as `.sig`; `nil`: nothing.
  public let signature: [UInt8]?
  /// With the blanks at its ends, as it was signed; `nil`: the same.
  public let raw: [UInt8]?
  /// Whether `machine` says something: a line's own does.
  let isFile: Bool

  public init(
    source: String, machine: String, provider: String = HostIdentity.defaultProvider,
    region: String = HostIdentity.defaultRegion, bytes: [UInt8], signature: [UInt8]? = nil,
    raw: [UInt8]? = nil, isFile: Bool
  ) {
    (self.source, self.machine, self.provider, self.region) = (source, machine, provider, region)
    (self.bytes, self.signature, self.raw, self.isFile) = (bytes, signature, raw, isFile)
  }

  /// Blanks and line ends only: no delivery at all.
  var isBlank: Bool { bytes.allSatisfy { [0x20, 0x09, 0x0a, 0x0d].contains($0) } }

  func refusal(_ reason: Refusal.Reason, _ detail: String, subject: String? = nil) -> Refusal {
    Refusal(
      reason, detail, source: source, subject: subject ?? (isFile ? machine : ""), digest: Digest.hex(bytes))
  }
}
