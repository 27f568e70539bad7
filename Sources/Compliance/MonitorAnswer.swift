// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What the compliance monitor says to a report. Source: the monitor's own answers, observed on a local one.
public enum MonitorAnswer: Sendable, Hashable {
  /// 200
  case taken
  /// 409: it has the report already.
  case known
  /// 401, 415 and whatever else, in its words.
  case refused(Int, String)
  /// Nobody answered.
  case unreachable(String)

  /// - Parameter body: what came, as JSON with `detail`, or anything.
  public init(status: Int, detail: String) {
    switch status {
    case 200: self = .taken
    case 409: self = .known
    default: self = .refused(status, detail)
    }
  }
}

/// A message as the monitor's `POST /reports` takes it: the signature, an ampersand, the report.
///
/// The ampersand is what curl writes between two `--data-binary`; the monitor looks for it behind the signature's last line.
public enum MonitorMessage {
  public static let path = "/reports"
  public static let server = "https://compliance.sovereignit.cloud"

  /// `application/yaml` and the like are answered with 415.
  public static func contentType(isJSON: Bool) -> String {
    isJSON ? "application/x-signed-json" : "application/x-signed-yaml"
  }

  public static func body(_ report: [UInt8], signature: [UInt8]) -> [UInt8] {
    signature + [UInt8(ascii: "&")] + report
  }
}
