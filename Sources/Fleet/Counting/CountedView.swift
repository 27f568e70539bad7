// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Views of views.sql that hostcap counts itself in a store: the same rows as by their text. SQLite finds groups by
/// sorting a row for each fact of each host, which takes four times as long as to add them up.
enum CountedView: String, CaseIterable {
  case part, held
  case classes = "class_count"
  case products = "product_count"
  case cards = "card_count"
  case stops = "stop_count"

  /// The views that it is counted from, instead of those that its text reads.
  var reads: Set<String> {
    switch self {
    case .part: ["reporting"]
    case .held: ["reporting", "part"]
    case .classes: ["reporting", "part", "verdict"]
    case .products, .cards, .stops: ["reporting", "device_verdict"]
    }
  }

  var isOfDevices: Bool { reads.contains("device_verdict") }

  var columns: [String] {
    switch self {
    case .part: ["part", "provider", "region", "proof_class", "freshness", "past", "rule"]
    case .held: ["part", "fact", "hosts", "newest", "since"]
    case .classes:
      ["class", "capability", "hosts", "proven", "usable", "ready", "blocked", "absent", "unknown"]
    case .products:
      ["product", "hosts", "total", "ready", "blocked", "absent", "unknown", "not_applicable"]
    case .cards: ["provider", "card", "hosts", "total", "ready", "blocked", "unknown"]
    case .stops: ["thing", "cause", "state", "layer", "reason", "fix_kind", "fix", "hosts", "units"]
    }
  }
}
