// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The things of a fleet that serve one wish at a time: hosts and devices.
struct NeedsPool {
  /// `compute-1`, or `compute-1 0000:3b:00.0`.
  private(set) var things: [String] = []
  /// By PF: its VFs, as far as they are things. A card is given whole or in parts, never both.
  private(set) var parts: [Int: [Int]] = [:]
  /// By demand: what each thing is for it. `nil`: guests, which need no thing of their own.
  private(set) var supplies: [[Int: Supply]?]

  init(_ list: DemandList, _ hosts: [HostRecord]) {
    supplies = list.demands.map { demand in
      if case .slots = demand.subject { nil } else { [:] }
    }
    for host in hosts {
      _ = add(host.label) { demand in
        guard case .hosts(let capability) = demand.subject, demand.isAbout(host) else { return nil }
        return Supply(host, capability, in: demand.release(in: list))
      }
      var positions: [String: Int] = [:]
      for device in host.devices {
        // Nova hands functions out one by one, and a function that its host needs is none to give.
        positions[device.address] = add("\(host.label) \(device.address)") { demand in
          guard demand.isAbout(host), demand.suits(device) else { return nil }
          return Supply(device, of: host, in: demand.release(in: list))
        }
      }
      for device in host.devices {
        guard let parent = device.physicalFunction.flatMap({ positions[$0] }),
          let part = positions[device.address]
        else { continue }
        parts[parent, default: []].append(part)
      }
    }

    func add(_ thing: String, _ judge: (Demand) -> Supply?) -> Int? {
      var isWanted = false
      for (index, demand) in list.demands.enumerated() {
        guard let supply = judge(demand), supply != .never else { continue }
        supplies[index]?[things.count] = supply
        isWanted = true
      }
      guard isWanted else { return nil }
      things.append(thing)
      return things.count - 1
    }
  }
}

extension NeedsPool {
  /// Cards that could be given whole once their VFs are gone.
  var splitCards: Set<Int> {
    let cards = supplies.flatMap { supplies in
      (supplies ?? [:]).compactMap { thing, supply -> Int? in
        if case .fixable(let remedy) = supply, remedy.reason == "pci.vfs_enabled" { thing } else { nil }
      }
    }
    return Set(cards)
  }
}

extension Demand {
  /// Memory is what the device table says of the model; a device that it does not hold has none to count on.
  func suits(_ device: DeviceRecord) -> Bool {
    guard case .devices(let match, let memoryGiB) = subject, match.suits(device) else { return false }
    guard let memoryGiB else { return true }
    return device.type != .virtual && (device.memoryGiB ?? 0) >= memoryGiB
  }
}
