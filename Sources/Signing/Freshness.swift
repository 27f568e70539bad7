// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

/// How old something may be, and that it may not be from the future.
public struct Freshness: Sendable {
  /// Seconds that another clock may be ahead, as for the fleet.
  public static let clockTolerance = 15 * 60

  public let now: UTCTime
  /// Seconds; `nil`: any age.
  public let maximumAge: Int?

  public init(now: UTCTime, maximumAge: Int? = nil) { (self.now, self.maximumAge) = (now, maximumAge) }

  /// Why a moment is refused; `nil`: it is not.
  ///
  /// - Parameter event: what happened then, with its time: `observed at 2026-11-26T09:45:50Z`.
  public func reason(against time: UTCTime, _ event: String) -> String? {
    if time.secondsSince1970 > now.later(by: Self.clockTolerance).secondsSince1970 {
      return "is from the future: \(event), and now it is \(now)"
    }
    if let maximumAge, time.secondsSince1970 < now.earlier(by: maximumAge).secondsSince1970 {
      return "is too old: \(event), and now it is \(now)"
    }
    return nil
  }
}
