// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Prometheus' text format, version 0.0.4: gauges alone.
struct MetricText {
  private(set) var text = ""

  /// A family; one without a sample is left out.
  mutating func add(_ name: String, _ help: String, _ fill: (inout Family) -> Void) {
    var family = Family(name: name)
    fill(&family)
    guard !family.samples.isEmpty else { return }
    text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + family.samples
  }

  struct Family {
    let name: String
    fileprivate(set) var samples = ""

    /// Labels in order, so that the same report gives the same text.
    mutating func sample(_ labels: [String: String], _ value: UInt64) {
      let all = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(MetricText.escaped($0.value))\"" }
      samples += name + (all.isEmpty ? "" : "{\(all.joined(separator: ","))}") + " \(value)\n"
    }
  }

  /// Source: Prometheus documentation, Exposition formats: backslash, quote and line feed; other control characters have
  /// no place in a label.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: if scalar.value >= 0x20, scalar.value != 0x7f { escaped.unicodeScalars.append(scalar) }
      }
    }
    return escaped
  }
}
