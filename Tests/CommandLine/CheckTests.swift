// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct CheckTests {
  let folder: TemporaryFolder
  let host, guest: String

  init() throws {
    folder = try TemporaryFolder()
    host = try folder.write(Machines.bytes(Machines.host), "host.tape")
    guest = try folder.write(Machines.bytes(Machines.guest), "guest.tape")
  }

  func check(_ requirements: [String], _ file: String) throws -> Program.Result {
    try Program.hostcap.run(["check"] + requirements.flatMap { ["--require", $0] } + [file])
  }

  @Test func whatHoldsExitsZero() throws {
    let result = try check(["amd.sev-es.guests>=10", "amd.sev.max-asid>=1006"], host)
    #expect(result.status == 0)
    #expect(result.lines.map { $0.prefix(9) } == ["holds    ", "holds    "])
  }

  @Test func oneThatFailsExitsOne() throws {
    let result = try check(["amd.sev-es.guests>=10", "amd.sev"], host)
    #expect(result.status == 1)
    #expect(result.lines.map { $0.prefix(7) } == ["holds  ", "fails  "])
    #expect(result.lines.last == "fails    amd.sev: blocked: SYSCFG[23] (MemEncryptionModEn) = 0")
  }

  @Test func notKnowingIsNotHoldingAndSaysSo() throws {
    for requirement in [
      "gpu.passthrough>=1", "gpu.count>=1", "gpu.count.nvidia-l4>=1", "sriov.free-vfs>=1",
      "amd.sev.no-such-count>=1",
    ] {
      let result = try check([requirement], host)
      #expect(result.status == 1)
      #expect(result.text.hasPrefix("unknown  \(requirement): "), "\(result.text)")
    }
  }

  @Test func aGuestHasNoHostCapabilities() throws {
    let result = try check(["amd.sev", "gpu.passthrough>=1"], guest)
    #expect(result.status == 1)
    #expect(result.lines.allSatisfy { $0.hasSuffix("not applicable in a guest") })
  }

  @Test(arguments: [
    "amd.sev>=1", "gpu.passthrough", "no.such.capability", "amd.sev>2", "gpu.passthrough>=x",
    "gpu.passthrough>=-1", "",
    "zebra.stripes>=1", "gpu.passthrough>=99999999999999999999999",
  ])
  func aRequirementThatMeansNothingIsWrongUsage(_ requirement: String) throws {
    let result = try check([requirement], host)
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.complaint.contains("Error: "))
  }

  @Test func anUnknownIDIsAnsweredWithTheKnownOnes() throws {
    #expect(try check(["amd.sev-xyz"], host).complaint.contains("amd.sev-snp"))
  }

  @Test func withoutARequirementIsWrongUsage() throws {
    #expect(try Program.hostcap.run(["check", host]).status == 64)
  }
}
