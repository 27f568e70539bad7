// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A row of the table of devices: an assignable unit, or a physical function that is none, with what planners ask of it.
public struct Device: Sendable {
  /// Lowest address first; the first one names the device.
  public let members: [PCIAddress]
  /// As sysfs shows the first member; `nil`: it has vanished, or no PCI probe ran.
  public let function: PCIFunction?
  /// `gpu`, `vf`, `network`, …; `function` for a physical function that is no unit.
  public let kind: String
  /// Whether a guest can have it; `nil`: it is nothing that is handed out.
  public let standing: Standing?
  /// What the table of accelerators knows of it; `nil`: no accelerator.
  public let accelerator: Accelerator?
  /// Its VFs, if it is a physical function.
  public let virtualFunctions: PhysicalFunction?

  /// What planners filter by; each that is set has to hold.
  public struct Filter: Sendable {
    /// Display controllers and processing accelerators.
    public var isGPU = false
    /// Physical and virtual functions.
    public var isSRIOV = false
    /// What something keeps from a guest, or whose VFs something keeps back.
    public var isBlocked = false

    public init() {}

    func lets(_ device: Device) -> Bool {
      (!isGPU || device.kind == "gpu" || device.function?.isGPU == true)
        && (!isSRIOV || device.virtualFunctions != nil || device.function?.physicalFunction != nil)
        && (!isBlocked || device.isBlocked)
    }
  }

  var isBlocked: Bool {
    [standing?.state, virtualFunctions?.standing.state].contains { $0 == .blocked || $0 == .absent }
  }
}

extension HostReport {
  /// By address.
  public func devices(_ filter: Device.Filter = Device.Filter()) -> [Device] {
    let functions = Dictionary(self.functions.map { ($0.address, $0) }) { first, _ in first }
    let accelerators = Dictionary(self.accelerators.map { ($0.address, $0) }) { first, _ in first }
    let physical = Dictionary(physicalFunctions.map { ($0.address, $0) }) { first, _ in first }
    var devices = units.compactMap { unit -> Device? in
      guard let first = unit.members.first else { return nil }
      let parent = unit.members.compactMap { physical[$0] }.first
      return Device(
        members: unit.members, function: functions[first], kind: unit.kind, standing: unit.standing,
        accelerator: accelerators[first], virtualFunctions: parent)
    }
    let listed = Set(devices.compactMap { $0.virtualFunctions?.address })
    devices += physicalFunctions.filter { !listed.contains($0.address) }.map {
      Device(
        members: [$0.address], function: functions[$0.address], kind: "function", standing: nil,
        accelerator: accelerators[$0.address], virtualFunctions: $0)
    }
    return devices.filter(filter.lets).sorted { a, b in
      a.members.lexicographicallyPrecedes(b.members)
    }
  }
}
