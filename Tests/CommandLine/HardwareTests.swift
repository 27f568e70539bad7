// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import Tape
import Testing

/// `hostcap advisories`, and hardware bills of hosts and fleets.
@Suite struct HardwareTests {
  let folder: TemporaryFolder
  let old, current: String

  init() throws {
    folder = try TemporaryFolder()
    old = try folder.write(Machines.bytes(Self.milan("0xa0011ce")), "old.tape")
    current = try folder.write(Machines.bytes(Self.milan("0xa0011de")), "current.tape")
  }

  static func milan(_ microcode: String) -> Tape {
    var tape = Machines.host
    tape[.file("/proc/cpuinfo")] = Machines.words(
      "vendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC 7343\nmicrocode\t: \(microcode)\nflags\t: svm\n")
    return tape
  }

  func run(_ arguments: String...) throws -> Program.Result { try Program.hostcap.run(arguments) }

  @Test func anAffectedHostExitsOneAndSaysWhatToDo() throws {
    let result = try run("advisories", old)
    #expect(result.status == 1)
    #expect(result.text.contains("What to do:") && result.text.contains("0x0a0011d1"))
    #expect(result.lines.allSatisfy { $0.count <= 80 })
  }

  @Test func whatIsNotKnownIsNoFailureUnlessThatIsWanted() throws {
    let result = try run("advisories", current)
    #expect(result.status == 0, "\(result.text)")
    #expect(!result.text.contains("What to do:"))
    #expect(try run("advisories", "--strict", current).status == 1)
  }

  @Test func severalHostsAreCounted() throws {
    let result = try run("advisories", old, current)
    #expect(result.status == 1)
    let row = try #require(result.lines.first { $0.hasPrefix("AMD-SB-3005") })
    #expect(row.split(separator: " ").dropFirst().prefix(4) == ["1", "0", "1", "0"])
    #expect(result.text.contains("AMD-SB-3005, 1 hosts affected"))
  }

  @Test func otherFormsHaveEveryHostAndEverySource() throws {
    let rows = try run("advisories", "--format", "csv", old, current).text.components(separatedBy: "\r\n")
    #expect(rows[0].hasPrefix("host,advisory,cves,state,because"))
    #expect(rows.contains { $0.hasPrefix("old,AMD-SB-3005,CVE-2023-20592,affected,") })
    #expect(rows.contains { $0.hasPrefix("current,AMD-SB-3005,CVE-2023-20592,fixed,") })
    let document = try run("advisories", "--format", "json", "--all", old)
    let object = try JSONSerialization.jsonObject(with: Data(document.output)) as? [String: Any]
    let advisories = try #require(object?["advisories"] as? [[String: Any]])
    #expect(advisories.contains { $0["id"] as? String == "INTEL-SA-00950" })
    #expect(advisories.allSatisfy { !($0["sources"] as? [[String: Any]] ?? []).isEmpty })
  }

  @Test func aGuestsVersionsProveNothing() throws {
    var guest = Machines.guest
    guest[.file("/proc/cpuinfo")] = Machines.words("vendor_id\t: AuthenticAMD\nmicrocode\t: 0xa0011de\n")
    let result = try run(
      "advisories", "--format", "csv", try folder.write(Machines.bytes(guest), "guest.tape"))
    #expect(result.status == 0)
    #expect(!result.text.contains(",fixed,") && !result.text.contains(",affected,"))
  }

  @Test func aReportReadBackHasTheStatesOfItsTape() throws {
    let report = folder.file("old.json").path
    #expect(try run("judge", "--format", "json", "--output", report, old).status == 0)
    #expect(
      try run("advisories", "--format", "csv", report).output
        == run("advisories", "--format", "csv", old).output)
  }

  @Test func wrongUsageAndRefusedInputsAreToldApart() throws {
    #expect(try run("advisories", "--db", "x", old).status == 64)
    #expect(try run("advisories", "--at", "yesterday", old).status == 64)
    let junk = try folder.write(Array("junk".utf8), "junk.tape")
    let result = try run("advisories", junk)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(
      result.complaint.hasPrefix("hostcap: \(junk): ") && result.complaint.split(separator: "\n").count == 1)
    #expect(try run("render", "hbom", "--reports", junk).status == 2)
    #expect(try run("render", "hbom").status == 64)
  }

  /// The bill of a fleet of one has what the bill of the host has, counts of hosts aside.
  @Test func aFleetOfOneHasTheSameParts() throws {
    let tapes = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let tape = tapes.appending(path: "Machines/Tapes/pci-snp.jsonl").path
    func references(_ result: Program.Result) throws -> Set<String> {
      #expect(result.status == 0, "\(result.complaint)")
      let bill = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
      let components = try #require(bill?["components"] as? [[String: Any]])
      let machine =
        ((bill?["metadata"] as? [String: Any])?["component"] as? [String: Any])?["bom-ref"] as? String
      return Set(components.compactMap { $0["bom-ref"] as? String } + [machine].compactMap { $0 })
        .subtracting(["fleet"])
    }
    let one = try references(run("judge", "--format", "hbom", tape))
    #expect(one.count > 10)
    #expect(try references(run("render", "hbom", "--reports", tape)) == one)
    // Several machines are a fleet in one document, whoever writes it.
    let judged = try run("judge", "--format", "hbom", old, current)
    #expect(judged.status == 0)
    #expect(judged.output == (try run("render", "hbom", "--reports", old, "--reports", current)).output)
  }

  @Test func theAgentPublishesItsHostsBill() throws {
    let file = folder.file("host.cdx.json")
    let result = try Program.agent.run(["--only", "platform", "--publish", "hbom=\(file.path)"])
    #expect(result.status == 0, "\(result.complaint)")
    let bill = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    #expect(bill?["bomFormat"] as? String == "CycloneDX")
  }
}
