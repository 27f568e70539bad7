// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Exports
import Planning
import Testing

/// A fleet of six hardware classes in two regions, and a thousand random demands to it: what is served and what is bought
/// is what trying everything gives.
@Suite struct SixClassesTests {
  private struct Class {
    let codename: String
    /// By capability; what is not here this hardware never can.
    let states: [String: RecordedState]
    let cards: [(model: String, state: RecordedState)]
  }

  private static let classes = [
    Class(codename: "Milan", states: ["amd.sev-snp": .ready], cards: []),
    Class(codename: "Milan-X", states: ["amd.sev-snp": .blocked], cards: []),
    Class(
      codename: "Genoa", states: ["amd.sev-snp": .ready],
      cards: [("NVIDIA H200", .ready), ("NVIDIA H200", .ready)]),
    Class(codename: "Turin", states: ["amd.sev-snp": .blocked], cards: [("NVIDIA L40S", .ready)]),
    Class(codename: "Ice Lake", states: [:], cards: [("NVIDIA L40S", .blocked)]),
    Class(codename: "Emerald Rapids", states: ["intel.tdx": .ready], cards: []),
  ]

  private static let hosts: [HostRecord] = classes.enumerated().map { index, kind in
    let cause = CauseRecord(
      because: "off", reason: "bios.off", fix: "switch it on", fixKind: "bios", layer: "firmware")
    let capabilities = ["amd.sev-snp", "intel.tdx"].map { id -> (String, CapabilityRecord) in
      let state = kind.states[id] ?? .absent
      return (id, CapabilityRecord(state: state, title: id, cause: state == .ready ? nil : cause))
    }
    let devices = kind.cards.enumerated().map { place, card -> DeviceRecord in
      var device = DeviceRecord(address: "0000:\(10 + place):00.0", kind: "gpu", state: card.state)
      (device.vendor, device.device, device.model) = ("10de", "2335", card.model)
      device.cause = card.state == .ready ? nil : cause
      return device
    }
    var host = HostRecord(
      name: "n\(index)", observedAt: nil, environment: "bareMetal",
      capabilities: Dictionary(uniqueKeysWithValues: capabilities),
      facts: ["cpu.codename": .text(kind.codename)], devices: devices)
    (host.provider, host.region) = ("acme", index.isMultiple(of: 2) ? "r1" : "r2")
    return host
  }

  /// One thing that serves one wish: a host, or a card in it.
  private struct Thing {
    let region: String
    let states: [String: RecordedState]
    let model: String?
    let state: RecordedState
  }

  private static func things(_ index: Int) -> [Thing] {
    let region = index.isMultiple(of: 2) ? "r1" : "r2"
    return [Thing(region: region, states: classes[index].states, model: nil, state: .ready)]
      + classes[index].cards.map { Thing(region: region, states: [:], model: $0.model, state: $0.state) }
  }

  private struct Wish {
    let text: String
    let wanted: Int
    let region: String
    let state: (Thing) -> RecordedState?
  }

  private static func wish(_ kind: Int, _ wanted: Int, _ region: String) -> Wish {
    switch kind {
    case 0, 1:
      let id = ["amd.sev-snp", "intel.tdx"][kind]
      return Wish(text: "capability: \(id), hosts: \(wanted)", wanted: wanted, region: region) { thing in
        thing.model == nil ? thing.states[id] : nil
      }
    case 2, 3:
      let model = ["NVIDIA H200", "NVIDIA L40S"][kind - 2]
      return Wish(text: "devices: \(wanted), match: {model: \(model)}", wanted: wanted, region: region) {
        thing in
        thing.model == model ? thing.state : nil
      }
    default:
      return Wish(text: "devices: \(wanted), match: {kind: gpu}", wanted: wanted, region: region) { thing in
        thing.model == nil ? nil : thing.state
      }
    }
  }

  private func most(_ suits: ArraySlice<[Int]>, used: Set<Int> = []) -> Int {
    guard let first = suits.first else { return 0 }
    var best = most(suits.dropFirst(), used: used)
    for thing in first where !used.contains(thing) {
      best = max(best, 1 + most(suits.dropFirst(), used: used.union([thing])))
    }
    return best
  }

  private func served(
    _ wishes: [(wish: Wish, wanted: Int)], by things: [Thing], _ isOpen: (Thing, Wish) -> Bool
  ) -> Int {
    let suits = wishes.flatMap { wish, wanted in
      Array(repeating: things.indices.filter { isOpen(things[$0], wish) }, count: wanted)
    }
    return most(suits[...])
  }

  /// The fewest machines of the six classes that serve all; `nil`: three do not.
  private func fewest(_ wishes: [(wish: Wish, wanted: Int)]) -> Int? {
    let wanted = wishes.reduce(0) { $0 + $1.wanted }
    var choices: [[Int]] = [[]]
    for count in 0...3 {
      for choice in choices
      where served(wishes, by: choice.flatMap(Self.things), { $1.state($0) == .ready }) == wanted {
        return count
      }
      choices = choices.flatMap { choice in ((choice.last ?? 0)..<6).map { choice + [$0] } }
    }
    return nil
  }

  @Test func aThousandDemandsAreServedAsTryingEverythingSays() throws {
    var generator = SystemRandomNumberGenerator()
    let all = (0..<6).flatMap(Self.things)
    for _ in 0..<1000 {
      let wishes = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        Self.wish(
          Int.random(in: 0...4, using: &generator), Int.random(in: 1...2, using: &generator),
          ["", "", "r1", "r2"].randomElement(using: &generator) ?? "")
      }
      let text =
        "release: {openstack: \"2026.2\"}\ndemands:\n"
        + wishes.enumerated().map { index, wish in
          let region = wish.region.isEmpty ? "" : ", region: \(wish.region)"
          return "  - {name: d\(index), \(wish.text)\(region)}\n"
        }.joined()
      let needs = NeedsAssessment(
        try DemandList(Document(parsing: Array(text.utf8), path: "x")), on: Self.hosts)
      let wanted = wishes.map { ($0, $0.wanted) }
      let total = wishes.reduce(0) { $0 + $1.wanted }
      let missing = needs.lines.reduce(0) { $0 + $1.missing }
      func isThere(_ thing: Thing, _ wish: Wish) -> Bool {
        wish.region.isEmpty || wish.region == thing.region
      }
      let best = served(wanted, by: all) { thing, wish in
        isThere(thing, wish) && [.ready, .blocked].contains(wish.state(thing))
      }
      #expect(total - missing == best, "\(text)")
      let usable = served(wanted, by: all) { isThere($0, $1) && $1.state($0) == .ready }
      #expect(needs.lines.reduce(0) { $0 + $1.usableCount } == usable, "\(text)")
      // Nothing is bought that a switch would bring, and no more than has to be.
      let open = zip(wishes, needs.lines).filter { $1.missing > 0 && !$1.isNowhere }.map { ($0, $1.missing) }
      let bought = needs.purchase.reduce(0) { $0 + $1.count }
      if let fewest = fewest(open) {
        #expect(bought == fewest, "\(text)")
      } else {
        #expect(bought > 3, "\(text)")
      }
    }
  }

  @Test func theWorkedExampleReadsAsAMeetingNeedsIt() throws {
    let text = """
      release: {openstack: "2026.2"}
      demands:
        - {name: SNP interop, capability: amd.sev-snp, hosts: 5}
        - {name: large models, devices: 3, match: {model: NVIDIA H200}}
        - {name: inference, devices: 2, match: {model: NVIDIA L40S}}
        - {name: TDX in r1, capability: intel.tdx, hosts: 1, region: r1}
      """
    let page = NeedsPage(
      NeedsAssessment(try DemandList(Document(parsing: Array(text.utf8), path: "x")), on: Self.hosts))
    #expect(
      page.markdown.hasSuffix(
        """
        ## Do not buy yet: switch these

        - **3**: switch it on (bios, `bios.off`)
          - SNP interop: 2 on acme/r2/n1, acme/r2/n3
          - inference: 1 on acme/r1/n4 0000:10:00.0

        ## Buy

        - **1** x Emerald Rapids: as acme/r2/n5, which works
        - **1** x Genoa, 2 x NVIDIA H200: as acme/r1/n2, which works

        """), "\(page.markdown)")
  }
}
