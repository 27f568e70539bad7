// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import HostModel
import ReportJSON
import Testing

@Suite struct UsageTests {
  static let commands = [
    "probe", "record", "judge", "explain", "check", "devices", "list", "schema", "sign",
    "verify",
  ]

  @Test func theVersionIsTheProducts() throws {
    #expect(try Program.hostcap.run(["--version"]).text == HostReport.productVersion + "\n")
    #expect(try Program.agent.run(["--version"]).text == HostReport.productVersion + "\n")
  }

  @Test(arguments: [[]] + commands.map { [$0] })
  func helpHasExamplesInEightyColumns(_ command: [String]) throws {
    let result = try Program.hostcap.run(command + ["--help"])
    #expect(result.status == 0)
    let examples = result.text.split(separator: "EXAMPLES:\n").last?.split(separator: "\n\n").first
    let lines = try #require(examples).split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("  hostcap") && $0.count <= 80 }, "\(lines)")
  }

  @Test(arguments: [
    ["--nonsense"], ["nonsense"], ["judge"], ["record"], ["judge", "--format", "yaml", "x"], ["explain"],
    ["probe", "--deadline", "0"], ["probe", "--deadline", "soon"], ["list", "--format", "yaml"],
  ])
  func wrongUsageIsSixtyFour(_ arguments: [String]) throws {
    let result = try Program.hostcap.run(arguments)
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.complaint.hasPrefix("Error: "))
  }

  @Test func anUnknownProbeIsBadInput() throws {
    let result = try Program.hostcap.run(["probe", "--only", "nonsense"])
    #expect(result.status == 2)
    #expect(result.complaint.hasPrefix("hostcap: --only: "))
  }

  @Test func schemaPrintsTheSchema() throws {
    #expect(try Program.hostcap.run(["schema"]).output == ReportSchema.text)
  }

  @Test func listNamesEverything() throws {
    let text = try Program.hostcap.run(["list"])
    #expect(text.lines.allSatisfy { $0.unicodeScalars.count <= 80 })
    let json = try Program.hostcap.run(["list", "--format", "json"])
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output)) as? [String: [[String: Any]]])
    #expect(object["reasons"]?.compactMap { $0["id"] as? String } == Reason.all.map(\.id))
    #expect(object["probes"]?.compactMap { $0["id"] as? String } == Catalog.probes.map { $0.id })
    #expect(object["reports"]?.compactMap { $0["format"] as? String } == Catalog.reports.map { $0.format })
    let ladders = (object["capabilities"] ?? []) + (object["deviceLadders"] ?? [])
    #expect(
      Set(ladders.compactMap { $0["id"] as? String }) == Set(Catalog.probes.flatMap { $0.ladders.map(\.id) }))
    for reason in Reason.all { #expect(text.text.contains("\n  \(reason.id)\n")) }
  }

  @Test func completionsAreWrittenForThreeShells() throws {
    for shell in ["bash", "zsh", "fish"] {
      let script = try Program.hostcap.run(["--generate-completion-script", shell])
      #expect(script.status == 0)
      for command in Self.commands { #expect(script.text.contains(command), "\(shell) \(command)") }
      guard
        let checker = ["/bin/\(shell)", "/usr/bin/\(shell)"].first(where: {
          FileManager.default.isExecutableFile(atPath: $0)
        })
      else {
        print("SKIPPED: no \(shell) on this machine, so its completion script was not parsed")
        continue
      }
      let folder = try TemporaryFolder()
      let process = Process()
      process.executableURL = URL(filePath: checker)
      process.arguments = ["-n", try folder.write(script.output, "completion")]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(shell)")
    }
  }
}
