// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The judging of a host's units, of which thousands may be virtual functions that are all alike: what two of them came to,
/// each by its own climb, a third one comes to that hears the same.
struct Precedents {
  private let environment: Environment
  private let host: any HostSource
  private var known: [PCIFunction: [Entry]] = [:]

  private struct Entry {
    let precedent: Precedent
    /// Whether a second unit came to the same by itself; `nil`: none was judged yet.
    var isConfirmed: Bool?
  }

  /// Of one kind; where more differ, looking through them costs more than judging.
  private static let limit = 4

  init(in environment: Environment, on host: any HostSource) {
    (self.environment, self.host) = (environment, host)
  }

  mutating func standing(of unit: Unit) -> Standing {
    guard let (kind, spot) = Self.kind(of: unit) else { return judged(unit, host) }
    let entries = known[kind] ?? []
    for (index, entry) in entries.enumerated()
    where entry.isConfirmed != false && entry.precedent.holds(at: spot, host) {
      if entry.isConfirmed == true { return entry.precedent.standing(at: spot) }
      let witness = Witness(host)
      let standing = judged(unit, witness)
      known[kind]?[index].isConfirmed = entry.precedent.agrees(with: standing, at: spot, by: witness)
      return standing
    }
    guard entries.count < Self.limit else { return judged(unit, host) }
    let witness = Witness(host)
    let standing = judged(unit, witness)
    if let precedent = Precedent(standing, at: spot, by: witness) {
      known[kind, default: []].append(Entry(precedent: precedent))
    }
    return standing
  }

  private func judged(_ unit: Unit, _ host: any HostSource) -> Standing {
    Standing(unit.ladder(in: environment).climb(host, in: environment))
  }

  /// A virtual function without its place on its bus and its group's number, and those; `nil`: another unit, or one whose
  /// ladder sees more than its own function.
  private static func kind(of unit: Unit) -> (PCIFunction, Spot)? {
    guard unit.members.count == 1, unit.shared.switches != nil, let function = unit.primary,
      function.physicalFunction != nil, let group = function.iommuGroup
    else { return nil }
    let address = function.address
    let kind = function.moved(
      to: PCIAddress(domain: address.domain, bus: address.bus, device: 0, function: 0), group: 0)
    return (kind, Spot(address, group: group))
  }
}
