// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import Evidence
import Foundation
import HostModel
import ProbePCI
import ProbePassthrough
import ReportJSON
import Testing

/// Of thousands of virtual functions that are alike, two are judged and written: the rest have to come out as each alone.
@Suite struct AlikeVirtualFunctionTests {
  /// A physical function with `count` VFs, most of them alike, every fifth or so odd in one way or more.
  private func machine(_ count: Int, _ random: inout some RandomNumberGenerator) -> PCIMachine {
    var machine = PCIMachine.amd()
    machine.addPhysical("0000:3b:00.0", total: count, group: 1)
    let usual = ["vfio-pci", "mlx5_core", nil].randomElement(using: &random) ?? nil
    for index in 0..<count {
      let place = index + 8
      let address = PCIAddress(bus: 0x3b, device: UInt8(place / 8), function: UInt8(place % 8)).description
      let isOdd = Int.random(in: 0..<5, using: &random) == 0
      let driver =
        isOdd ? ["vfio-pci", "mlx5_core", "nvidia", nil].randomElement(using: &random) ?? nil : usual
      let group = isOdd && Bool.random(using: &random) ? nil : 100 + index
      machine.addVirtual(address, of: "0000:3b:00.0", index: index, driver: driver, group: group)
      machine.set(address, "resource", PCIMachine.resource(bar: bar(index, isOdd: isOdd, &random)))
      if let group { machine.answers[.file("/sys/kernel/iommu_groups/\(group)/name")] = nil }
      if isOdd { spoil(&machine, address, group, index, &random) }
    }
    return machine
  }

  /// Each at its own place; an odd one of another size, or without a place.
  private func bar(_ index: Int, isOdd: Bool, _ random: inout some RandomNumberGenerator) -> String {
    let bytes: UInt64 = isOdd && Bool.random(using: &random) ? 0x2000 : 0x1000
    let start = isOdd && Bool.random(using: &random) ? 0 : 0x38_0000_0000 + UInt64(index) << 20
    let words = [start, start + bytes - 1, 0x14220c]
    return words.map { hex($0, width: 16) }.joined(separator: " ")
  }

  private func spoil(
    _ machine: inout PCIMachine, _ address: String, _ group: Int?, _ index: Int,
    _ random: inout some RandomNumberGenerator
  ) {
    let folder = "/sys/bus/pci/devices/\(address)"
    let groupFolder = "/sys/kernel/iommu_groups/\(group ?? 0)"
    let questions: [Question] = [
      .file("\(folder)/reset_method"), .file("\(folder)/resource"), .file("\(folder)/numa_node"),
      .file("\(folder)/driver_override"), .directory("\(folder)/vfio-dev"), .link("\(folder)/iommu_group"),
      .file("\(groupFolder)/type"), .file("\(groupFolder)/reserved_regions"),
      .directory("\(groupFolder)/devices"),
    ]
    let answers: [Answer] = [
      .absent, .denied, .withheld("why"), .failed(code: 5, "\(address): input/output error"), .bytes([]),
      .bytes(Array("pm\n".utf8)), .bytes(Array("vfio-pci\n".utf8)), .bytes(Array("-1\n".utf8)),
      .bytes(Array("0x0 0x1 direct\n".utf8)), .bytes(Array("vfio\(index)\n".utf8)),
    ]
    for question in questions where Int.random(in: 0..<4, using: &random) == 0 {
      machine.answers[question] = answers.randomElement(using: &random)
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      machine.add("0000:3b:00.0", to: "\(groupFolder)/devices")
    }
  }

  @Test(arguments: 0..<20) func aUnitIsJudgedAsIfItWereAlone(_ seed: UInt64) {
    var random = Lehmer(state: seed)
    let machine = machine(Int.random(in: 2...48, using: &random), &random)
    let asked = AskedMachine(machine)
    for unit in PassthroughProbe.examine(asked).units {
      let climb = PassthroughProbe.ladder(for: unit.members, on: machine).climb(machine)
      #expect(unit.standing == Standing(climb), "\(unit.members)")
      // What a ladder would ask has been asked, so that a tape of it replays.
      let replayed = PassthroughProbe.ladder(for: unit.members, on: asked.tape).climb(asked.tape)
      #expect(Standing(replayed) == Standing(climb), "\(unit.members)")
    }
  }

  @Test(arguments: 20..<30) func anObjectReadsAsIfItWereAlone(_ seed: UInt64) {
    var random = Lehmer(state: seed)
    let machine = machine(Int.random(in: 2...48, using: &random), &random)
    let report = HostReport(machine, probes: [PCIProbe.self, PassthroughProbe.self])
    let whole = text(report)
    for function in report.functions {
      var one = report
      (one.functions, one.units) = ([function], [])
      #expect(whole.contains(piece(text(one), "functions")), "\(function.address)")
    }
    for unit in report.units {
      var one = report
      (one.functions, one.units) = ([], [unit])
      #expect(whole.contains(piece(text(one), "units")), "\(unit.members)")
    }
  }

  private func text(_ report: HostReport) -> String {
    var output: [UInt8] = []
    JSONReport.render(report, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// The only element of an array of the report, with its braces.
  private func piece(_ text: String, _ name: String) -> String {
    let open = "    \"\(name)\": [\n", close = "\n    ]"
    guard let start = text.range(of: open)?.upperBound,
      let end = text[start...].range(of: close)?.lowerBound
    else { return "none" }
    return String(text[start..<end])
  }

  @Test func aWordThatLooksLikeABlankStaysWhatItIs() {
    let value = JSONValue.object(["a": .string("@"), "b": .string("@")])
    #expect(
      JSONForm(
        value, blanks: ["@"], filling: ["x"], gives: .object(["a": .string("x"), "b": .string("@")])) == nil)
    #expect(
      JSONForm(
        value, blanks: ["@"], filling: ["x"], gives: .object(["a": .string("x"), "b": .string("x")])) != nil)
  }

  @Test func resourcesAreAlikeButForTheirPlaces() {
    func line(_ start: UInt64, _ bytes: UInt64, _ flags: UInt64 = 0x14220c) -> [UInt8] {
      let words = [start, start &+ bytes &- 1, flags]
      return Array((words.map { hex($0, width: 16) }.joined(separator: " ") + "\n").utf8)
    }
    #expect(PCIResource.areAlike(line(0x1000, 64), line(0x2000, 64)))
    #expect(!PCIResource.areAlike(line(0x1000, 64), line(0x2000, 128)))
    #expect(!PCIResource.areAlike(line(0x1000, 64), line(0, 64)))
    #expect(!PCIResource.areAlike(line(0x1000, 64), line(0x1000, 64, 0x2014_220c)))
    #expect(!PCIResource.areAlike(line(0x1000, 64), Array("0x1000 0x103f 0x14220c\n".utf8)))
    #expect(PCIResource.areAlike([1, 2], [1, 2]))
  }
}

/// A machine that keeps what it was asked.
private final class AskedMachine: HostSource {
  private let machine: PCIMachine
  private var asked: [Question: Answer] = [:]

  init(_ machine: PCIMachine) { self.machine = machine }

  func ask(_ question: Question) -> Answer {
    let answer = machine.ask(question)
    asked[question] = answer
    return answer
  }

  /// Only that: another question is withheld, as on a tape.
  var tape: Kept { Kept(answers: asked) }

  struct Kept: HostSource {
    let answers: [Question: Answer]
    func ask(_ question: Question) -> Answer { answers[question] ?? .withheld("not asked") }
  }
}

/// The same numbers in every run.
private struct Lehmer: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
