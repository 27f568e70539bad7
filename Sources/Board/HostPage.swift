// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One host for its provider: every rung that was judged, and how it went in time.
public struct HostPage: Sendable, Hashable {
  /// One question of a ladder and its answer.
  public struct Rung: Sendable, Hashable {
    /// `kernel`.
    public let layer: String
    public let title: String
    /// pass, warn, fail, unknown or notApplicable.
    public let verdict: String
    public let because: String
    /// What was read, as text; empty: nothing.
    public let evidence: String
    /// Empty: there is nothing to do.
    public let fix: String

    public init(
      layer: String, title: String, verdict: String, because: String, evidence: String = "", fix: String = ""
    ) {
      (self.layer, self.title, self.verdict) = (layer, title, verdict)
      (self.because, self.evidence, self.fix) = (because, evidence, fix)
    }
  }

  public struct Ladder: Sendable, Hashable {
    /// An id: `amd.sev-snp`.
    public let capability: String
    /// ready, blocked, absent, unknown or notApplicable.
    public let state: String
    /// Whether the release starts such guests.
    public let isUsable: Bool
    public let isProven: Bool
    /// From the silicon up.
    public let rungs: [Rung]

    public init(
      capability: String, state: String, isUsable: Bool = false, isProven: Bool = false, rungs: [Rung]
    ) {
      (self.capability, self.state, self.isUsable) = (capability, state, isUsable)
      (self.isProven, self.rungs) = (isProven, rungs)
    }
  }

  /// A state and how long it held, as in the query `history`.
  public struct Span: Sendable, Hashable {
    public let capability: String
    public let from: String
    /// Empty: still so.
    public let to: String
    public let state, layer, reason, because: String

    public init(
      capability: String, from: String, to: String, state: String, layer: String, reason: String,
      because: String
    ) {
      (self.capability, self.from, self.to) = (capability, from, to)
      (self.state, self.layer, self.reason, self.because) = (state, layer, reason, because)
    }
  }

  public let provider, region, host: String
  /// Of hardware.
  public let hardwareClass: String
  public let observedAt: String
  /// Words about the host beside its ladders, in order: kernel, BIOS, who signed.
  public var details: [NamedValue] = []
  public var ladders: [Ladder] = []
  public var history: [Span] = []

  public init(provider: String, region: String, host: String, hardwareClass: String, observedAt: String) {
    (self.provider, self.region, self.host) = (provider, region, host)
    (self.hardwareClass, self.observedAt) = (hardwareClass, observedAt)
  }

  var path: String { Self.path(provider, region, host) }

  static func path(_ provider: String, _ region: String, _ host: String) -> String {
    "host/\(Slug.of(provider))/\(Slug.of(region))/\(Slug.of(host)).html"
  }
}
