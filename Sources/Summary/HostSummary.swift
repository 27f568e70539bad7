// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
public import HostModel

/// A host in a few figures: what fits where a whole report does not.
public struct HostSummary: Sendable {
  /// One capability, and the one thing to say about it.
  public struct Capability: Sendable, Hashable {
    public let id: String
    public let state: CapabilityState
    /// `nil`: ready, or a guest.
    public let reason: Reason?
    /// Worded for this host; `nil` with `reason`.
    public let fix: String?
    /// Guests that can be started: in all, and now. `nil`: not counted.
    public let slotsTotal, slotsFree: UInt64?
    /// It belongs to another maker's processors.
    public var isForeign: Bool { reason == .otherVendor }
  }

  /// Accelerators of one model and what a whole one stands at.
  public struct Model: Sendable, Hashable {
    /// `nil`: not in the device table.
    public let name: String?
    public let vendor, device: UInt16?
    public let kind: Accelerator.Kind
    public var count = 0
    /// By state of the assignable unit.
    public var states: [CapabilityState: Int] = [:]
  }

  /// In the report's order.
  public let capabilities: [Capability]
  /// Assignable units by kind and state.
  public let devices: [String: [CapabilityState: Int]]
  /// By vendor and device.
  public let models: [Model]

  public init(_ report: HostReport) {
    capabilities = report.climbs.map { climb in
      let step = climb.state == .ready ? nil : climb.stopsAt ?? climb.firstUnknown ?? climb.disputed.first
      let reason = climb.state == .notApplicable ? nil : step?.judgement.reason
      func slots(_ what: String) -> UInt64? {
        guard case .count(let count)? = report.fact("\(climb.ladder.id).slots-\(what)") else { return nil }
        return count
      }
      return Capability(
        id: climb.ladder.id, state: climb.state, reason: reason,
        fix: reason.map { report.advisor.remedy(for: $0, at: nil, citing: step?.judgement.citing ?? []).fix },
        slotsTotal: slots("total"), slotsFree: slots("free"))
    }
    var devices: [String: [CapabilityState: Int]] = [:]
    var states: [PCIAddress: CapabilityState] = [:]
    for unit in report.units {
      devices[unit.kind, default: [:]][unit.state, default: 0] += 1
      for member in unit.members { states[member] = unit.state }
    }
    self.devices = devices
    models = Self.models(report, states)
  }

  private static func models(
    _ report: HostReport, _ states: [PCIAddress: CapabilityState]
  ) -> [Model] {
    let functions = Dictionary(report.functions.map { ($0.address, $0) }) { first, _ in first }
    var models: [UInt64: Model] = [:]
    for accelerator in report.accelerators {
      let function = functions[accelerator.address]
      let key = UInt64(function?.vendor ?? 0) << 32 | UInt64(function?.device ?? 0) << 8
      var model =
        models[key]
        ?? Model(
          name: accelerator.model?.name, vendor: function?.vendor, device: function?.device,
          kind: accelerator.kind)
      model.count += 1
      model.states[states[accelerator.address] ?? .unknown, default: 0] += 1
      models[key] = model
    }
    return models.sorted { $0.key < $1.key }.map(\.value)
  }
}
