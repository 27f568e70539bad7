// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// Functions that are judged as one, and all others that they may share a group with.
struct Unit: Sendable {
  /// Lowest address first; empty only in the table that `list` prints.
  var members: [PCIFunction]
  let neighbours: [PCIAddress: PCIFunction]
  /// What is the same for every unit of a host.
  var shared = Shared()

  /// Rungs that speak of the host as a whole, and the switches that join its GPUs.
  struct Shared: Sendable {
    var active = IOMMURungs.active
    var interruptRemapping = IOMMURungs.interruptRemapping
    /// NVSwitches, by address; `nil`: they are looked for among the neighbours.
    var switches: [PCIAddress]?

    init() {}

    /// Judged once for all units.
    init(_ host: any HostSource, _ functions: [PCIFunction]) {
      active = active.settled(on: host)
      interruptRemapping = interruptRemapping.settled(on: host)
      switches = functions.filter(\.isNVSwitch).map(\.address).sorted()
    }
  }

  var primary: PCIFunction? { members.first }
  var kind: String { primary?.passthroughKind ?? "other" }

  func ladder(in environment: Environment?) -> Ladder {
    Ladder(
      "pci.passthrough", "a guest can have it",
      [
        environment?.rung ?? Environment.rung, endpoint, ownDisplay, translated, isolated, directRegions,
        addresses, reset,
        responds, shared.active, realGroup, shared.interruptRemapping, bootDisplay, driver, denylist,
        virtualFunctions, vgpuType, viable, vfioModule, override, resetScope, numa, fabric, managed,
        guestWidth,
        novaAddress,
      ])
  }

  /// A rung that every member has to hold: the first that fails speaks, else the first unknown, else the first warning.
  func rung(
    _ id: String, _ layer: Layer, _ title: String, _ specification: String, isAdvisory: Bool = false,
    judge: @escaping @Sendable (PCIFunction, any HostSource) -> Judgement
  ) -> Rung {
    let members = members
    return Rung(id, layer, title, specification: specification, isAdvisory: isAdvisory) { host in
      let judgements = members.map { judge($0, host) }
      for verdict in [Verdict.fail, .unknown, .warn, .pass] {
        guard let index = judgements.firstIndex(where: { $0.verdict == verdict }) else { continue }
        var judgement = judgements[index]
        if members.count > 1 { judgement.because = "\(members[index].address): \(judgement.because)" }
        return judgement
      }
      return judgements.first ?? .notApplicable("no function", citing: [])
    }
  }

  /// A rung about the unit's IOMMU group.
  func groupRung(
    _ id: String, _ layer: Layer, _ title: String, _ specification: String,
    judge: @escaping @Sendable (Int, PCIFunction, any HostSource) -> Judgement
  ) -> Rung {
    let primary = primary
    return Rung(id, layer, title, specification: specification) { host in
      guard let primary else { return .notApplicable("no function", citing: []) }
      let none = Judgement.notApplicable("in no IOMMU group", citing: [])
      return host.iommuGroup(primary.address).judge("iommu_group", absent: none) { group in
        let judgement = judge(group, primary, host)
        // Without a class it may be a bridge on the way to the others, and those have their own say.
        guard judgement.verdict == .fail, primary.isBridge == nil else { return judgement }
        return host.unknown("class", primary.address)
      }
    }
  }
}

extension HostSource {
  /// Why something that `uevent` and the attribute files should say is not known.
  func unknown(_ what: String, _ address: PCIAddress) -> Judgement {
    read(PCIDevices.file(address, "uevent")) { _ in true }.judge(what) { _ in
      .unknown(.sourceUnreadable, "\(what): not of the documented form", citing: [])
    }
  }
}
