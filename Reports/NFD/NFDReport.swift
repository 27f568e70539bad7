// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
internal import Summary

/// Features for Node Feature Discovery's local source, in
/// `/etc/kubernetes/node-feature-discovery/features.d/hostcap`: only what NFD does not find by itself.
///
/// NFD knows whether SEV-SNP or TDX are enabled; here stand the state with its reason, devices that guests can have, and
/// guests that there is room for. Numbers that change are features without a label, so that no node's labels flap.
/// Source: NFD documentation, Customization guide, local feature source.
public enum NFDReport: Renderer {
  public static let format = "nfd"
  public static let mediaType = "text/plain"
  /// The prefix of every name.
  static let namespace = "hostcap.scs.community"
  /// Seconds after the observation, past which NFD drops the features: twice the timer's day.
  private static let lifetime: UInt64 = 48 * 3600
  /// Characters of a label's name and value. Source: Kubernetes documentation, Labels and Selectors.
  static let labelLimit = 63

  public static func render(_ report: HostReport, into output: inout [UInt8]) {
    let summary = HostSummary(report)
    var lines: [String] = []
    if let expiry = report.observedAt.flatMap({ UTCTime(secondsSince1970: $0 &+ lifetime) }) {
      lines.append("# +expiry-time=\(expiry)")
    }
    for capability in summary.capabilities where !capability.isForeign {
      lines.append(line(capability.id, capability.state.rawValue))
      if let reason = capability.reason { lines.append(line("\(capability.id).reason", reason.id)) }
      if let free = capability.slotsFree {
        lines += ["# +no-label", line("\(capability.id).slots-free", "\(free)")]
      }
    }
    for kind in summary.devices.keys.sorted() {
      let ready = summary.devices[kind]?[.ready] ?? 0
      lines.append(line("\(kind).ready", ready > 0 ? "true" : "false"))
      lines += ["# +no-label", line("\(kind).ready-count", "\(ready)")]
    }
    for model in summary.models {
      guard let name = model.name, model.states[.ready, default: 0] > 0 else { continue }
      lines.append(line("\(model.kind.rawValue)-model.\(name)", "ready"))
    }
    output += lines.map { $0 + "\n" }.joined().utf8
  }

  /// A name and a value that Kubernetes takes: letters, digits, `-`, `_` and `.`, neither first nor last.
  static func line(_ name: String, _ value: String) -> String {
    "\(namespace)/\(label(name))=\(label(value))"
  }

  static func label(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      if isPlain || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") {
        bytes.append(byte)
      } else if bytes.last != UInt8(ascii: "-") {
        bytes.append(UInt8(ascii: "-"))
      }
    }
    bytes = Array(bytes.prefix(labelLimit))
    while let last = bytes.last, [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(last) {
      bytes.removeLast()
    }
    return String(decoding: bytes.drop { [0x2d, 0x2e, 0x5f].contains($0) }, as: UTF8.self)
  }
}
