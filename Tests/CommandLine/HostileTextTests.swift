// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import Foundation
import HostModel
import Tape
import Testing

/// What hosts, files and arguments call themselves never steers a terminal, a spreadsheet, a browser or a shell.
@Suite struct HostileTextTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Clears the screen, sets the title, colours by C1, turns the text around.
  static let escapes = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}evil\u{2066}\u{7f}"
  static let markup =
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&`$(id)|[x](javascript:alert(1))"

  private func tape(_ words: String) throws -> String {
    var tape = Machines.host
    let evil = Machines.words("\(words)\n")
    for name in ["sys_vendor", "product_name", "bios_vendor", "board_name"] {
      tape[.file("/sys/class/dmi/id/\(name)")] = evil
    }
    tape[.file("/proc/sys/kernel/osrelease")] = evil
    tape[.file("/proc/cmdline")] = evil
    tape[.file("/proc/cpuinfo")] = Machines.words(
      "vendor_id\t: AuthenticAMD\nmodel name\t: \(words)\nflags\t: svm\n")
    tape[.directory("/sys/bus/pci/devices")] = Machines.words(
      "0000:3b:00.0\n\(words.replacing("/", with: ""))\n")
    tape[.link("/sys/bus/pci/devices/0000:3b:00.0")] = Machines.words(
      "../../../devices/pci0000:3a/0000:3b:00.0")
    tape[.file("/sys/bus/pci/devices/0000:3b:00.0/uevent")] = Machines.words(
      "DRIVER=\(words)\nPCI_CLASS=30200\nPCI_ID=10DE:2331\n")
    return try folder.write(Machines.bytes(tape), "evil.jsonl")
  }

  /// The same host's report, which is what a fleet takes.
  private func report(_ words: String) throws -> String {
    let result = try Program.hostcap.run(["judge", try tape(words), "--format", "json"])
    return try folder.write(result.output, "evil.json")
  }

  /// Scalars that a terminal obeys, but for newlines and, in CSV, carriage returns before them.
  private static func steering(_ bytes: some Sequence<UInt8>) -> [Unicode.Scalar] {
    let text = String(decoding: Array(bytes), as: UTF8.self).replacing("\r\n", with: "\n")
    return text.unicodeScalars.filter { $0.steersTerminals && $0 != "\n" && $0 != "\t" }
  }

  @Test func noFormOfTheReportSteersATerminal() throws {
    let path = try tape(Self.escapes)
    // Subunit is a stream of packets and for no terminal.
    for format in Catalog.reports.map({ $0.format }) where format != "subunit" {
      let result = try Program.hostcap.run(["judge", path, "--format", format])
      #expect(result.status == 0)
      #expect(Self.steering(result.output).isEmpty, "\(format)")
    }
  }

  @Test func noCommandSteersATerminal() throws {
    let path = try tape(Self.escapes)
    let report = try report(Self.escapes)
    for words in [
      ["devices"], ["explain", "amd.sev-snp"], ["check", "--require", "amd.sev-snp"], ["fleet", "problems"],
      ["fleet", "hosts"], ["fleet", "classes"], ["fleet", "rejected"],
    ] {
      let result = try Program.hostcap.run(words + [words[0] == "fleet" ? report : path])
      #expect(Self.steering(result.output + Array(result.complaint.utf8)).isEmpty, "\(words)")
    }
  }

  @Test func noErrorSteersATerminal() throws {
    let evil = "x\(Self.escapes)"
    let file = try folder.write("nothing\n".utf8, "\(evil).tape")
    for words in [
      ["judge", file], ["judge", "\(file)-not-there"], [evil], ["judge", "--\(evil)"],
      ["explain", evil, file],
      ["--deadline", evil], ["check", "--require", evil, file], ["judge", "--format", evil],
    ] {
      let result = try Program.hostcap.run(words)
      #expect([2, 64].contains(result.status), "\(words)")
      #expect(Self.steering(result.complaint.utf8).isEmpty, "\(words)")
      #expect(!result.complaint.isEmpty && result.output.isEmpty)
    }
  }

  @Test func spreadsheetsFindNoFormula() throws {
    for begin in ["=", "+", "-", "@"] {
      let path = try report("\(begin)cmd|'C calc'!A0, \"x\"")
      for query in ["hosts", "classes", "devices", "problems"] {
        let result = try Program.hostcap.run(["fleet", query, path, "--format", "csv"])
        #expect(result.status == 0)
        for line in result.text.split(separator: "\r\n") {
          #expect(!line.contains(",\(begin)cmd") && !line.contains(",\"\(begin)cmd"), "\(query): \(line)")
          #expect(!line.hasPrefix("\(begin)cmd") && !line.hasPrefix("\"\(begin)cmd"), "\(query): \(line)")
        }
      }
    }
  }

  @Test func noPageOfTheBoardHoldsAHostsMarkup() throws {
    let out = folder.file("site")
    let result = try Program.hostcap.run(["fleet", "board", try report(Self.markup), "--out", out.path])
    #expect(result.status == 0, "\(result.complaint)")
    var pages = 0
    let names = FileManager.default.enumerator(atPath: out.path)?.compactMap { $0 as? String } ?? []
    for name in names where ["html", "atom", "svg"].contains(URL(filePath: name).pathExtension) {
      let text = String(decoding: try Data(contentsOf: out.appending(path: name)), as: UTF8.self)
      pages += 1
      for raw in ["<script>alert", "<img src=x", "=\"javascript:", "='javascript:"] {
        #expect(!text.contains(raw), "\(name): \(raw)")
      }
    }
    #expect(pages > 10)
  }

  @Test func aPlanHoldsNoHostsMarkup() throws {
    let site = folder.file("site.yaml")
    try Data(try Program.hostcap.run(["plan", "--init"]).output).write(to: site)
    let out = folder.file("plan")
    let path = try report(Self.markup)
    let result = try Program.hostcap.run(["plan", path, "--site", site.path, "--out", out.path])
    #expect([0, 1].contains(result.status), "\(result.complaint)")
    let text = String(decoding: try Data(contentsOf: out.appending(path: "PLAN.md")), as: UTF8.self)
    #expect(!text.contains("<script") && !text.contains("<img") && !text.contains("](javascript"))
  }
}
