// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Test results through the programs. What the forms hold is tested with the reports.
@Suite struct ResultsTests {
  let folder: TemporaryFolder
  let host, guest: String

  init() throws {
    folder = try TemporaryFolder()
    host = try folder.write(Machines.bytes(Machines.host), "secret-name-7.tape")
    guest = try folder.write(Machines.bytes(Machines.guest), "guest.tape")
  }

  private func sonobuoy(_ files: String...) throws -> [String: Any] {
    let result = try Program.hostcap.run(["judge", "--format", "sonobuoy"] + files)
    #expect(result.status == 0)
    return try #require(JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
  }

  private func names(_ item: [String: Any]) -> [String] {
    (item["items"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
  }

  @Test func oneMachineIsCalledByItsProcessor() throws {
    let root = try sonobuoy(host)
    #expect(names(root) == ["milan"])
    #expect(root["status"] as? String == "failed")
  }

  @Test func severalMachinesAreToldApartByTheirPlace() throws {
    #expect(try names(sonobuoy(host, guest)) == ["milan-1", "milan-2"])
    for format in ["junit", "subunit", "sonobuoy"] {
      let result = try Program.hostcap.run(["judge", "--format", format, host, guest])
      #expect(result.status == 0)
      #expect(result.text.contains("machine-1.hostcap.amd"))
      #expect(result.text.contains("machine-2.hostcap.amd"))
      #expect(!result.text.contains("machine-3"))
    }
  }

  @Test func noFormNamesTheFileItIsFrom() throws {
    for format in ["junit", "subunit", "sonobuoy"] {
      for files in [[host], [host, guest]] {
        let result = try Program.hostcap.run(["judge", "--format", format] + files)
        #expect(!result.text.contains("secret-name"))
        #expect(!result.output.isEmpty)
      }
    }
  }

  @Test func theAgentWritesAllThree() throws {
    for format in ["junit", "subunit", "sonobuoy"] {
      let file = folder.file("results").path
      let run = try Program.agent.run(["--skip", "libvirt", "--format", format, "--output", file])
      #expect(run.status == 0)
      let head = try Array(Data(contentsOf: URL(filePath: file)).prefix(1))
      #expect(head == [["junit": 0x3c, "subunit": 0xb3, "sonobuoy": 0x7b][format]])
    }
  }

  private func check(_ arguments: [String], _ file: String) throws -> Program.Result {
    try Program.hostcap.run(["check"] + arguments + [file])
  }

  @Test func aRequirementIsATest() throws {
    let result = try check(
      [
        "--require", "amd.sev-es.guests>=10", "--require", "amd.sev", "--require", "gpu.passthrough>=1",
        "--require", "amd.sev", "--format", "junit",
      ], host)
    #expect(result.status == 1)
    #expect(
      result.text.contains(
        "<testsuites name=\"hostcap\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""))
    #expect(
      result.text.contains(
        """
            <testcase classname="hostcap.check.amd" name="sev" time="0">
              <failure message="amd.sev: blocked: SYSCFG[23] (MemEncryptionModEn) = 0" type="bios.smee_off">
        """))
    #expect(
      result.text.contains(
        """
            <testcase classname="hostcap.check.gpu.passthrough" name="at-least-1" time="0">
              <skipped message="unknown: gpu.passthrough&gt;=1: no PCI function was seen"/>
        """))
  }

  @Test func theFormDoesNotChangeTheStatus() throws {
    for format in ["text", "junit", "subunit"] {
      #expect(try check(["--format", format, "--require", "amd.sev-es.guests>=10"], host).status == 0)
      #expect(try check(["--format", format, "--require", "amd.sev"], host).status == 1)
      #expect(try check(["--format", format, "--require", "gpu.passthrough>=1"], host).status == 1)
      #expect(try check(["--format", format, "--require", "nonsense"], host).status == 64)
      #expect(try check(["--format", format, "--require", "amd.sev"], folder.file("none").path).status == 2)
    }
    #expect(try check(["--format", "json", "--require", "amd.sev"], host).status == 64)
  }

  @Test func theAnswerGoesToAFileInEveryForm() throws {
    for format in ["text", "junit", "subunit"] {
      let asked = ["--format", format, "--require", "amd.sev"]
      let file = folder.file("check.\(format)")
      let written = try check(asked + ["--output", file.path], host)
      #expect(written.status == 1)
      #expect(written.output.isEmpty)
      #expect(try Array(Data(contentsOf: file)) == check(asked, host).output)
    }
    #expect(try check(["--require", "amd.sev", "--output", "/nowhere/x"], host).status == 2)
  }
}
