// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// How far one host, or one device of it, is from serving a demand.
public enum Supply: Sendable, Hashable {
  case usable
  /// A setting, an update, a binding or a newer release is missing.
  case fixable(Remedy)
  /// Nobody could see; the cause says why.
  case unknown(Remedy)
  /// This hardware never can.
  case never

  /// What to do, in the report's words; hosts with one remedy have one group.
  public struct Remedy: Sendable, Hashable {
    public let reason: String
    public let fix: String
    /// `config`, `reboot`, `bios`, `firmware`, `release` …
    public let kind: String

    public init(reason: String, fix: String, kind: String) {
      (self.reason, self.fix, self.kind) = (reason, fix, kind)
    }
  }

  /// The cheaper first: from a desk, at the next reboot, in the BIOS, with a firmware's update, with the cloud's next
  /// release.
  static func effort(_ kind: String) -> Int {
    ["config", "reboot", "bios", "firmware", "release"].firstIndex(of: kind) ?? 5
  }

  /// Of a host and a capability.
  ///
  /// - Parameter release: has to use it; `nil`: none has to.
  public init(_ host: HostRecord, _ capability: String, in release: OpenStackRelease?) {
    guard host.environment == "bareMetal", let record = host.capabilities[capability] else {
      self = .unknown(Remedy(reason: "report.silent", fix: "make a report with this hostcap", kind: "none"))
      return
    }
    switch record.state {
    case .ready: self = Self.ready(host, capability, in: release)
    case .blocked: self = .fixable(Remedy(record.cause))
    case .unknown: self = .unknown(Remedy(record.cause))
    case .notApplicable:
      self = .unknown(
        Remedy(reason: "host.guest", fix: "ask the machine that this guest runs on", kind: "none"))
    case .absent: self = .never
    }
  }

  private static func ready(
    _ host: HostRecord, _ capability: String, in release: OpenStackRelease?
  ) -> Supply {
    guard let encryption = MemoryEncryption(rawValue: capability) else { return .usable }
    if encryption == .sevES, HostTraits.isESUnsafe(host) {
      return .unknown(
        Remedy(
          reason: "sev-es.beside_snp", fix: "switch SEV-SNP off on hosts that are for SEV-ES: CVE-2025-48514",
          kind: "bios"))
    }
    guard let release, !encryption.isUsable(in: release) else { return .usable }
    return .fixable(
      Remedy(
        reason: "release", fix: Planner.firstRelease(of: encryption) ?? "no release is known to use it",
        kind: "release"))
  }

  /// Of a device that suits. What a plan would not offer is none to count on.
  public init(_ device: DeviceRecord, of host: HostRecord, in release: OpenStackRelease?) {
    guard host.environment == "bareMetal" else {
      self = .unknown(
        Remedy(reason: "host.guest", fix: "ask the machine that this guest runs on", kind: "none"))
      return
    }
    switch device.state {
    case .ready:
      guard let release else {
        self = .usable
        return
      }
      let objection = Planner.objection(to: device, under: DevicePolicy(alias: "x"), in: release)
      guard let objection else {
        self = .usable
        return
      }
      self =
        objection.next.map { .fixable(Remedy(reason: "plan.objection", fix: $0, kind: "config")) } ?? .never
    case .blocked: self = .fixable(Remedy(device.cause))
    case .unknown, .notApplicable: self = .unknown(Remedy(device.cause))
    case .absent: self = .never
    }
  }
}

extension Supply.Remedy {
  init(_ cause: CauseRecord?) {
    self.init(
      reason: cause?.reason ?? "unknown", fix: cause?.fix ?? "see the report: hostcap explain",
      kind: cause?.fixKind ?? "none")
  }
}
