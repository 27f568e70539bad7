// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import HostModel
import ReportJSON
import Tape
import Testing

@Suite struct JudgeTests {
  let folder: TemporaryFolder
  let host, guest, broken: String

  init() throws {
    folder = try TemporaryFolder()
    host = try folder.write(Machines.bytes(Machines.host), "host.tape")
    guest = try folder.write(Machines.bytes(Machines.guest), "guest.tape")
    broken = try folder.write("neither a tape nor a dump\n".utf8, "broken")
  }

  static func json(_ tape: Tape) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONReport.render(HostReport(tape, probes: Catalog.probes), into: &bytes)
    return bytes
  }

  @Test func aTapeIsJudgedToTheBytesTheLibraryGives() throws {
    let result = try Program.hostcap.run(["judge", "--format", "json", host])
    #expect(result.status == 0)
    #expect(result.output == Self.json(Machines.host))
    #expect(result.complaint == "")
  }

  @Test func recordedAgainItIsJudgedTheSame() throws {
    let again = folder.file("again.tape").path
    #expect(try Program.hostcap.run(["record", "--output", again, host]).status == 0)
    #expect(
      try Program.hostcap.run(["judge", "--format", "json", again]).output
        == Program.hostcap.run(["judge", "--format", "json", host]).output)
  }

  @Test func standardInputIsAFileToo() throws {
    let result = try Program.hostcap.run(["judge", "-"], input: Machines.bytes(Machines.guest))
    #expect(result.status == 0)
    #expect(result.text.contains("This is a guest under KVM: host capabilities are not applicable here."))
  }

  @Test func severalMachinesHaveAHeadingEach() throws {
    let result = try Program.hostcap.run(["judge", host, guest])
    #expect(result.status == 0)
    let headings = result.lines.filter { $0.hasPrefix("== ") }
    #expect(headings.count == 2)
    #expect(result.lines.allSatisfy { $0.unicodeScalars.count <= 80 })
  }

  @Test func severalMachinesAreOneArray() throws {
    let result = try Program.hostcap.run(["judge", "--format", "json", host, guest])
    let array = try #require(JSONSerialization.jsonObject(with: Data(result.output)) as? [[String: Any]])
    #expect(array.map { $0["machine"] as? String } == [host, guest])
    let report = try #require(array[0]["report"] as? [String: Any])
    #expect(report["schemaVersion"] as? String == HostReport.schemaVersion)
  }

  @Test(arguments: ["text", "json"])
  func aRefusedFileCostsOneLineAndExitTwo(_ format: String) throws {
    for path in [broken, folder.file("missing").path, "/dev/null"] {
      let result = try Program.hostcap.run(["judge", "--format", format, path])
      #expect(result.status == 2)
      #expect(result.output.isEmpty)
      #expect(result.complaint.hasPrefix("hostcap: \(path): "))
      #expect(result.complaint.split(separator: "\n").count == 1)
    }
  }

  @Test func aDamagedTapeNamesItsLine() throws {
    var bytes = Machines.bytes(Machines.host)
    bytes += Array("{\"ask\":\"clock\"".utf8)
    let path = try folder.write(bytes, "cut.tape")
    let result = try Program.hostcap.run(["judge", path])
    #expect(result.status == 2)
    #expect(result.complaint.hasPrefix("hostcap: \(path): line "))
  }

  @Test func oneRefusedFileDoesNotHideTheOthers() throws {
    let result = try Program.hostcap.run(["judge", broken, host])
    #expect(result.status == 2)
    #expect(result.text.contains("Capabilities"))
    #expect(result.complaint.split(separator: "\n").count == 1)
  }

  @Test func theOutputFileIsWholeOrUntouched() throws {
    let path = folder.file("report.json").path
    #expect(try Program.hostcap.run(["judge", "--format", "json", "--output", path, host]).status == 0)
    #expect(try Array(Data(contentsOf: URL(filePath: path))) == Self.json(Machines.host))
    #expect(try Program.hostcap.run(["judge", "--output", path, broken]).status == 2)
    #expect(try Array(Data(contentsOf: URL(filePath: path))) == Self.json(Machines.host))
    #expect(try Program.hostcap.run(["judge", "--output", "/nowhere/report", host]).status == 2)
  }

  @Test func aNameThatSteersTerminalsDoesNot() throws {
    let path = try folder.write(Machines.bytes(Machines.host), "a\u{1b}[2Jb.tape")
    for arguments in [["judge", path, path], ["judge", path + "x"]] {
      let result = try Program.hostcap.run(arguments)
      #expect(!result.output.contains(0x1b))
      #expect(!result.complaint.utf8.contains(0x1b))
    }
  }
}
