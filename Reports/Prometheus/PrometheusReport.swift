// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
public import HostModel
internal import Summary

/// Metrics for node-exporter's textfile collector.
///
/// A state is a series for each value it can have, of which one is 1; words stand in the labels of an `_info`. Nothing is
/// labelled by host: Prometheus does that. No sample has a timestamp, or the collector drops the whole file.
/// Source: Prometheus documentation, Metric and label naming; node_exporter README, Textfile Collector.
public enum PrometheusReport: Renderer {
  public static let format = "prometheus"
  public static let mediaType = "text/plain; version=0.0.4"

  public static func render(_ report: HostReport, into output: inout [UInt8]) {
    let summary = HostSummary(report)
    var text = MetricText()
    text.add("hostcap_build_info", "Version of hostcap and of its report's schema.") {
      $0.sample(["version": HostReport.productVersion, "schema": HostReport.schemaVersion], 1)
    }
    if let time = report.observedAt {
      text.add(
        "hostcap_last_run_timestamp_seconds", "When the host was last looked at, in seconds since 1970."
      ) {
        $0.sample([:], time)
      }
    }
    capabilities(summary, &text)
    devices(summary, report, &text)
    text.add("hostcap_contradictions", "Sources that cannot both be right.") {
      $0.sample([:], UInt64(report.contradictions.count))
    }
    output += text.text.utf8
  }

  private static func capabilities(_ summary: HostSummary, _ text: inout MetricText) {
    let own = summary.capabilities.filter { !$0.isForeign }
    text.add("hostcap_capability_state", "State of a capability: one state is 1.") { metric in
      for capability in own {
        for state in CapabilityState.allCases {
          metric.sample(
            ["capability": capability.id, "state": state.rawValue], state == capability.state ? 1 : 0)
        }
      }
    }
    text.add("hostcap_capability_reason_info", "Why a capability is not ready, and what its fix takes.") {
      metric in
      for capability in own {
        guard let reason = capability.reason else { continue }
        metric.sample(
          ["capability": capability.id, "reason": reason.id, "fix_kind": reason.fixKind.rawValue], 1)
      }
    }
    text.add("hostcap_guest_slots", "Confidential guests that the host can hold: in all, and still.") {
      metric in
      for capability in own {
        if let total = capability.slotsTotal {
          metric.sample(["capability": capability.id, "kind": "total"], total)
        }
        if let free = capability.slotsFree {
          metric.sample(["capability": capability.id, "kind": "free"], free)
        }
      }
    }
  }

  private static func devices(_ summary: HostSummary, _ report: HostReport, _ text: inout MetricText) {
    text.add("hostcap_devices", "What can be handed to guests, by kind and state.") { metric in
      for kind in summary.devices.keys.sorted() {
        for state in CapabilityState.allCases {
          metric.sample(
            ["kind": kind, "state": state.rawValue], UInt64(summary.devices[kind]?[state] ?? 0))
        }
      }
    }
    text.add("hostcap_device_blocked_info", "What keeps a device from guests.") { metric in
      for unit in report.units {
        guard let reason = unit.standing.headline?.judgement.reason, let first = unit.members.first else {
          continue
        }
        metric.sample(["address": "\(first)", "kind": unit.kind, "reason": reason.id], 1)
      }
    }
    text.add("hostcap_accelerators", "Accelerators by model and by whether a guest can have one.") { metric in
      for model in summary.models {
        for state in CapabilityState.allCases {
          guard let count = model.states[state] else { continue }
          metric.sample(
            [
              "model": model.name ?? "", "vendor_id": digits(model.vendor ?? 0, width: 4),
              "product_id": digits(model.device ?? 0, width: 4), "state": state.rawValue,
            ], UInt64(count))
        }
      }
    }
    text.add("hostcap_sriov_vfs", "Virtual functions of a physical one.") { metric in
      for function in report.physicalFunctions {
        let counts = [
          ("total", function.totalVFs), ("enabled", function.activeVFs), ("assigned", function.assignedVFs),
        ]
        for (kind, count) in counts {
          guard let count else { continue }
          metric.sample(["address": "\(function.address)", "kind": kind], UInt64(clamping: count))
        }
      }
    }
  }
}
