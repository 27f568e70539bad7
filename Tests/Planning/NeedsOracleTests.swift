// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Planning
import Testing

/// A thousand small fleets: what is served, after fixes and with purchases, is what trying everything gives.
@Suite struct NeedsOracleTests {
  /// SplitMix64, so that a failure comes again.
  private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  private static let models = ["NVIDIA H200", "NVIDIA L40S", "AMD Instinct MI300X"]

  /// The most wishes that things can serve, each one: every choice is tried. Wishes and things are few.
  private func most(_ suits: [[Int]], from wish: Int = 0, used: Set<Int> = []) -> Int {
    guard wish < suits.count else { return 0 }
    var best = most(suits, from: wish + 1, used: used)
    for thing in suits[wish] where !used.contains(thing) {
      best = max(best, 1 + most(suits, from: wish + 1, used: used.union([thing])))
    }
    return best
  }

  @Test func itIsWhatTryingEverythingGives() throws {
    for seed in 0..<1000 {
      var random = Random(state: UInt64(seed))
      var devices: [DeviceRecord] = []
      for index in 0..<Int.random(in: 0...4, using: &random) {
        let isReady = Bool.random(using: &random)
        var device = DeviceRecord(
          address: "0000:\(10 + index):00.0", kind: "gpu", state: isReady ? .ready : .blocked)
        (device.vendor, device.device) = ("10de", "2335")
        device.model = Self.models.randomElement(using: &random)
        device.cause = isReady ? nil : CauseRecord(because: "", reason: "r", fix: "f", fixKind: "bios")
        devices.append(device)
      }
      var demands: [(match: String, wanted: Int, suits: (DeviceRecord) -> Bool)] = []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let wanted = Int.random(in: 1...2, using: &random)
        if Bool.random(using: &random) {
          demands.append(("{kind: gpu}", wanted, { _ in true }))
        } else {
          let model = Self.models.randomElement(using: &random) ?? ""
          demands.append(("{model: \(model)}", wanted, { $0.model == model }))
        }
      }
      let text =
        "release: {openstack: \"2026.2\"}\ndemands:\n"
        + demands.enumerated().map { "  - {name: d\($0), devices: \($1.wanted), match: \($1.match)}\n" }
        .joined()
      let list = try DemandList(Document(parsing: Array(text.utf8), path: "x"))
      let needs = NeedsAssessment(list, on: [Fixture.host(devices: devices)])

      func suits(_ isOpen: (DeviceRecord) -> Bool) -> [[Int]] {
        demands.flatMap { demand in
          Array(
            repeating: devices.indices.filter { isOpen(devices[$0]) && demand.suits(devices[$0]) },
            count: demand.wanted)
        }
      }
      let wanted = demands.reduce(0) { $0 + $1.wanted }
      let missing = needs.lines.reduce(0) { $0 + $1.missing }
      #expect(wanted - missing == most(suits { _ in true }), "seed \(seed)")
      let usable = needs.lines.reduce(0) { $0 + $1.usableCount }
      #expect(usable <= most(suits { $0.state == .ready }), "seed \(seed)")
      // No thing is given twice.
      let given = needs.lines.flatMap { $0.usable + $0.fixes.flatMap(\.things) }
      #expect(Set(given).count == given.count, "seed \(seed)")
      // Each line adds up.
      for line in needs.lines {
        #expect(
          line.usableCount + line.fixes.reduce(0) { $0 + $1.count } + line.missing == line.demand.wanted)
      }
      // Of the one class that was seen, no fewer machines would do.
      let open = needs.lines.filter { $0.missing > 0 && !$0.isNowhere }
      #expect(needs.purchase.isEmpty == open.isEmpty, "seed \(seed)")
      if let count = needs.purchase.first?.count, count > 1 {
        let ready = devices.filter { $0.state == .ready }
        let fewer = (0..<count - 1).flatMap { _ in ready }
        let wishes = open.flatMap { line -> [[Int]] in
          guard let index = needs.lines.firstIndex(of: line) else { return [] }
          return Array(
            repeating: fewer.indices.filter { demands[index].suits(fewer[$0]) }, count: line.missing)
        }
        #expect(most(wishes) < wishes.count, "seed \(seed)")
      }
    }
  }
}
