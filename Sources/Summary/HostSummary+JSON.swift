// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import CanonicalJSON
public import HostModel

extension HostSummary {
  /// Models of accelerators in a small document; a host has a few.
  private static let modelLimit = 32
  /// Characters of a fix or a name.
  private static let textLimit = 240

  /// A document of some kilobytes, with keys that templates can name: `amd_sev_snp`. Capabilities of another maker's
  /// processors are left out.
  public func json(of report: HostReport) -> JSONValue {
    var capabilities: [String: JSONValue] = [:]
    for capability in self.capabilities where !capability.isForeign {
      capabilities[Self.key(capability.id)] = [
        "state": .string(capability.state.rawValue), "reason": Self.text(capability.reason?.id),
        "fix": Self.text(capability.fix),
        "fix_kind": Self.text(capability.reason?.fixKind.rawValue),
        "slots_total": capability.slotsTotal.map { .integer(Int64(clamping: $0)) } ?? .null,
        "slots_free": capability.slotsFree.map { .integer(Int64(clamping: $0)) } ?? .null,
      ]
    }
    return [
      "schema": .string(HostReport.schemaVersion), "version": .string(HostReport.productVersion),
      "observed_at": Self.text(report.observedAt.flatMap(UTCTime.init(secondsSince1970:)).map { "\($0)" }),
      "environment": .string(Self.environment(report)),
      "processor": Self.text(report.text("cpu.codename") ?? report.text("cpu.brand")),
      "kernel": Self.text(report.text("kernel.release")),
      "capabilities": .object(capabilities),
      "devices": .object(devices.mapValues(Self.counts)),
      "accelerators": .array(models.prefix(Self.modelLimit).map(Self.model)),
    ]
  }

  /// `amd.sev-snp` as a name in a template.
  public static func key(_ id: String) -> String {
    String(id.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  private static func environment(_ report: HostReport) -> String {
    switch report.environment.kind {
    case .bareMetal: "bare_metal"
    case .guest: "guest"
    case .unknown: "unknown"
    }
  }

  private static func text(_ text: String?) -> JSONValue {
    text.map { .string(String($0.prefix(textLimit))) } ?? .null
  }

  private static func counts(_ counts: [CapabilityState: Int]) -> JSONValue {
    .object(
      Dictionary(counts.map { (key($0.key.rawValue), .integer(Int64($0.value))) }) { first, _ in first })
  }

  private static func model(_ model: Model) -> JSONValue {
    [
      "name": text(model.name), "vendor_id": id(model.vendor), "product_id": id(model.device),
      "kind": .string(model.kind.rawValue), "count": .integer(Int64(model.count)),
      "states": counts(model.states),
    ]
  }

  /// Four hexadecimal digits.
  private static func id(_ id: UInt16?) -> JSONValue {
    id.map { .string(String(UInt32($0) + 0x10000, radix: 16).suffix(4).description) } ?? .null
  }
}

extension HostReport {
  /// A fact that is text.
  fileprivate func text(_ id: String) -> String? { if case .text(let text)? = fact(id) { text } else { nil } }
}
