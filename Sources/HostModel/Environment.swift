// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Whether the answers speak of a machine or of a guest on one.
///
/// The processor's hypervisor bit decides, as it does for the kernel, whose own SEV-SNP code asks nothing else. Firmware
/// names stand in on processors without the bit; where they object to a clear bit, that is a contradiction in the report.
public struct Environment: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case bareMetal
    /// The hypervisor's name where it gives one.
    case guest(String)
    case unknown(String)
  }
  public let kind: Kind
  /// The operator says so, and the host was not asked.
  public let isAssumed: Bool
  public let citing: [Question]

  public init(_ kind: Kind, isAssumed: Bool = false, citing: [Question]) {
    (self.kind, self.isAssumed, self.citing) = (kind, isAssumed, citing)
  }

  public var isGuest: Bool {
    if case .guest = kind { true } else { false }
  }

  /// If we may be inside a guest, host rungs may pass but not fail.
  func temper(_ judgement: Judgement) -> Judgement {
    guard judgement.verdict == .fail else { return judgement }
    switch kind {
    case .bareMetal: return judgement
    case .guest(let hypervisor):
      return .notApplicable("a guest under \(hypervisor): \(judgement.because)", citing: judgement.citing)
    case .unknown(let why):
      return .unknown(.mayBeGuest, "\(judgement.because), but \(why)", citing: judgement.citing + citing)
    }
  }

  /// The first rung of every ladder that speaks of a host.
  public static let rung = rung { observe($0) }

  /// The same rung for one of many devices, in an environment that was observed before.
  public var rung: Rung { Self.rung { _ in self } }

  /// The first rung of every ladder that speaks of a guest. Nothing is asked above it unless this is one.
  public static let guestRung = Rung(
    "guest", .environment, "runs in a guest",
    specification: "AMD APM vol. 3 and Intel SDM vol. 2A, CPUID Fn0000_0001_ECX[31]", isGate: true
  ) { host in
    let environment = observe(host)
    switch environment.kind {
    case .bareMetal: return .notApplicable("on the machine itself", citing: environment.citing)
    case .guest(let name): return .pass("a guest under \(name)", citing: environment.citing)
    case .unknown: return environment.judgement
    }
  }

  private static func rung(_ environment: @escaping @Sendable (any HostSource) -> Environment) -> Rung {
    Rung(
      "bare-metal", .environment, "runs on the machine itself, not in a guest",
      specification: "AMD APM vol. 3 and Intel SDM vol. 2A, CPUID Fn0000_0001_ECX[31]"
    ) { environment($0).judgement }
  }

  private var judgement: Judgement {
    switch kind {
    case .bareMetal where isAssumed: .pass("assumed: --assume-bare-metal", citing: citing)
    case .bareMetal: .pass("no hypervisor below", citing: citing)
    case .guest(let name): .notApplicable("a guest under \(name)", citing: citing)
    case .unknown(let why): .unknown(.mayBeGuest, why, citing: citing)
    }
  }
}
