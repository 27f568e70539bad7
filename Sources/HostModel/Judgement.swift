// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// One rung's verdict, why, and what it rests on.
public struct Judgement: Sendable, Hashable {
  public var verdict: Verdict
  /// Why the verdict is not a plain pass; `nil` for pass and notApplicable.
  public var reason: Reason?
  /// One line for people with the value that decided: `SYSCFG[23] = 0`.
  public var because: String
  /// The questions whose answers decided, most telling first.
  public var citing: [Question]
  /// A stronger rung above vouches for this one, which could not be seen itself.
  public var implied = false

  public init(_ verdict: Verdict, _ because: String, reason: Reason? = nil, citing: [Question]) {
    (self.verdict, self.because, self.reason, self.citing) = (verdict, because, reason, citing)
  }

  public static func pass(_ because: String, citing: [Question]) -> Judgement {
    Judgement(.pass, because, citing: citing)
  }
  public static func warn(_ reason: Reason, _ because: String, citing: [Question]) -> Judgement {
    Judgement(.warn, because, reason: reason, citing: citing)
  }
  public static func fail(_ reason: Reason, _ because: String, citing: [Question]) -> Judgement {
    Judgement(.fail, because, reason: reason, citing: citing)
  }
  public static func unknown(_ reason: Reason, _ because: String, citing: [Question]) -> Judgement {
    Judgement(.unknown, because, reason: reason, citing: citing)
  }
  public static func notApplicable(_ because: String, citing: [Question]) -> Judgement {
    Judgement(.notApplicable, because, citing: citing)
  }

  /// Also resting on `questions`.
  public func citing(also questions: [Question]) -> Judgement {
    var judgement = self
    judgement.citing += questions.filter { !citing.contains($0) }
    return judgement
  }
}

extension Reading {
  /// The one place where a reading becomes a verdict: only the host's own word makes a `fail`, never our lack of
  /// permission, and `absent` means what the caller says it means.
  ///
  /// - Parameters:
  ///   - what: the name of the thing read, in the field's words: `SYSCFG`, `kvm_amd.sev_snp`.
  ///   - absent: what the host's "no such thing" comes to; left out, unknown.
  public func judge(
    _ what: String, absent: Judgement? = nil, _ decide: (Value) -> Judgement
  ) -> Judgement {
    switch outcome {
    case .value(let value): return decide(value).citing(also: [question])
    case .absent:
      return absent?.citing(also: [question])
        ?? .unknown(.whenAbsent(question), "\(what): not there", citing: [question])
    case .denied: return .unknown(.sourceDenied, "\(what): permission denied", citing: [question])
    case .withheld(let why):
      return .unknown(.whenWithheld(why), "\(what): \(why)", citing: [question])
    case .unreadable(let why): return .unknown(.sourceUnreadable, "\(what): \(why)", citing: [question])
    case .timedOut(let why): return .unknown(.sourceTimeout, "\(what): \(why)", citing: [question])
    }
  }
}
