// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Tape
import Testing

@Suite struct ClimbTests {
  /// A machine, so that fails stay fails.
  static let bareMetal: [Question: Answer] = [
    .origin: .bytes(Array("cpuid\n".utf8)),
    .cpuid(leaf: 0): .bytes(CPUIDRegisters(eax: 1).bytes), .cpuid(leaf: 1): .bytes(CPUIDRegisters().bytes),
  ]

  static func rung(
    _ id: String, _ layer: Layer, _ verdict: Verdict, _ reason: Reason? = nil, implies: [String] = [],
    gate: Bool = false, advisory: Bool = false
  ) -> Rung {
    Rung(id, layer, id, specification: "", implies: implies, isGate: gate, isAdvisory: advisory) { _ in
      Judgement(verdict, id, reason: reason, citing: [.clock])
    }
  }

  static func climb(_ rungs: [Rung], on host: [Question: Answer] = bareMetal) -> Climb {
    Ladder("test", "test", rungs).climb(Tape(host))
  }

  @Test func everyRungHoldsIsReady() {
    let climb = Self.climb([Self.rung("a", .cpu, .pass), Self.rung("b", .kvm, .warn, .memEncryptOff)])
    #expect(climb.state == .ready)
    #expect(climb.holdsAt == .kvm)
    #expect(climb.stopsAt == nil)
  }

  @Test func theLowestFailIsWhereItStops() {
    let climb = Self.climb([
      Self.rung("a", .cpu, .pass), Self.rung("b", .firmware, .fail, .smeeOff),
      Self.rung("c", .kvm, .fail, .kvmParameterOff),
    ])
    #expect(climb.stopsAt?.rung.id == "b")
    #expect(climb.holdsAt == .cpu)
    #expect(climb.state == .blocked)
  }

  @Test func missingHardwareIsAbsent() {
    #expect(Self.climb([Self.rung("a", .cpu, .fail, .noSEV)]).state == .absent)
  }

  @Test func blockedPromisesHardwareSoUnknownHardwareIsUnknown() {
    let climb = Self.climb([
      Self.rung("a", .cpu, .unknown, .sourceDenied), Self.rung("b", .firmware, .fail, .smeeOff),
    ])
    #expect(climb.stopsAt?.rung.id == "b")
    #expect(climb.state == .unknown)
  }

  @Test func oneUnknownRungIsNotReady() {
    let climb = Self.climb([Self.rung("a", .cpu, .pass), Self.rung("b", .psp, .unknown, .sourceDenied)])
    #expect(climb.state == .unknown)
    #expect(climb.firstUnknown?.rung.id == "b")
  }

  @Test func aPassVouchesForTheUnknownBelowItAndThroughThem() {
    let climb = Self.climb([
      Self.rung("a", .cpu, .unknown, .sourceDenied),
      Self.rung("b", .kernel, .unknown, .sourceDenied, implies: ["a"]),
      Self.rung("c", .kvm, .pass, implies: ["b"]),
    ])
    #expect(climb.steps.map(\.judgement.verdict) == [.pass, .pass, .pass])
    #expect(climb.steps.map(\.judgement.implied) == [true, true, false])
    #expect(climb.state == .ready)
  }

  @Test func aFailThatIsVouchedForIsADisputeAndNeverReady() {
    let climb = Self.climb([Self.rung("a", .cpu, .fail, .noSEV), Self.rung("b", .kvm, .pass, implies: ["a"])])
    #expect(climb.stopsAt == nil)
    #expect(climb.disputed.map(\.rung.id) == ["a"])
    #expect(climb.state == .unknown)
  }

  @Test func anAdvisoryRungNeitherStopsNorHides() {
    let climb = Self.climb([
      Self.rung("a", .cpu, .pass), Self.rung("b", .kernel, .fail, .memEncryptOff, advisory: true),
      Self.rung("c", .kvm, .unknown, .sourceDenied, advisory: true),
    ])
    #expect(climb.state == .ready)
  }

  @Test(arguments: [Verdict.fail, .unknown]) func nothingIsAskedAboveAClosedGate(_ verdict: Verdict) {
    let climb = Self.climb([
      Self.rung("a", .environment, verdict, .otherVendor, gate: true), Self.rung("b", .cpu, .pass),
    ])
    #expect(climb.steps.map(\.rung.id) == ["a"])
  }

  @Test func aGateThatDoesNotApplyIsNoReadiness() {
    let climb = Self.climb([
      Self.rung("a", .environment, .pass), Self.rung("b", .cpu, .notApplicable, gate: true),
      Self.rung("c", .cpu, .pass),
    ])
    #expect(climb.state == .notApplicable)
  }

  @Test func insideAGuestPassStaysAndFailIsNotApplicable() {
    var guest = Self.bareMetal
    guest[.cpuid(leaf: 1)] = .bytes(CPUIDRegisters(ecx: 1 << 31).bytes)
    let climb = Self.climb(
      [Self.rung("a", .cpu, .pass), Self.rung("b", .firmware, .fail, .smeeOff)], on: guest)
    #expect(climb.steps.map(\.judgement.verdict) == [.pass, .notApplicable])
    #expect(climb.state == .notApplicable)
  }

  @Test func whereItMayBeAGuestFailIsUnknown() {
    let climb = Self.climb([Self.rung("a", .cpu, .fail, .noSEV)], on: [:])
    #expect(climb.steps.map(\.judgement.verdict) == [.unknown])
    #expect(climb.state == .unknown)
  }
}
