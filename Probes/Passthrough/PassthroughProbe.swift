// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// What can be handed to a guest: one verdict, one cause and one fix for every assignable unit.
public enum PassthroughProbe: Probe {
  public static let id = "passthrough"
  public static let summary = "PCI passthrough: isolation, binding, reset and room of every assignable unit"
  /// For one unit each; this is the table without a unit.
  public static let ladders: [Ladder] = [Unit(members: [], neighbours: [:]).ladder(in: nil)]

  /// The rungs of the unit that `members` make up, the lowest address first. Members that are gone are left out.
  public static func ladder(for members: [PCIAddress], on host: any HostSource) -> Ladder {
    let functions = host.pciFunctions().value ?? []
    let byAddress = Dictionary(functions.map { ($0.address, $0) }) { first, _ in first }
    return Unit(members: members.compactMap { byAddress[$0] }, neighbours: byAddress).ladder(in: nil)
  }

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    guard let functions = host.pciFunctions().value else { return result }
    let environment = Environment.observe(host)
    var precedents = Precedents(in: environment, on: host)
    result.units = units(functions, host).map { unit in
      let standing = environment.isGuest ? .insideGuest : precedents.standing(of: unit)
      return AssignableUnit(members: unit.members.map(\.address), kind: unit.kind, standing: standing)
    }
    return result
  }

  /// Candidates; those in one slot that share a group go together, for nobody can part them.
  static func units(_ functions: [PCIFunction], _ host: any HostSource) -> [Unit] {
    let byAddress = Dictionary(functions.map { ($0.address, $0) }) { first, _ in first }
    let physical = Set(functions.compactMap(\.physicalFunction))
    let shared = Unit.Shared(host, functions)
    var units: [Unit] = []
    var indexByKey: [UnitKey: Int] = [:]
    for function in functions {
      let candidate =
        function.isAssignableKind || physical.contains(function.address)
        || host.isPhysicalFunction(function) == true
        || host.driverBinding(function).value?.isVFIO == true
      guard candidate, !function.isPlainBridge, !isBridgeByHeader(function, host) else { continue }
      if let group = function.iommuGroup {
        let key = UnitKey(group: group, slot: function.address.slot)
        if let index = indexByKey[key] {
          units[index].members.append(function)
          continue
        }
        indexByKey[key] = units.count
      }
      units.append(Unit(members: [function], neighbours: byAddress, shared: shared))
    }
    return units
  }

  /// Of a function whose class is not to be had; the layouts of bridges are 1 and 2.
  /// Source: PCI Express Base Specification 6.0, 7.5.1.1.9.
  private static func isBridgeByHeader(_ function: PCIFunction, _ host: any HostSource) -> Bool {
    guard function.classCode == nil, let space = host.configSpace(function.address).value else {
      return false
    }
    return !space.isAllOnes && [1, 2].contains(space.headerType)
  }

  private struct UnitKey: Hashable {
    let group: Int
    let slot: PCIAddress
  }
}

extension PCIAddress {
  /// Function 0 of the same device.
  fileprivate var slot: PCIAddress { PCIAddress(domain: domain, bus: bus, device: device, function: 0) }
}
