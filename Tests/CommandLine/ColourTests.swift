// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct ColourTests {
  /// Runs a program with a terminal as its standard output; `nil`: script(1) is not installed.
  func onTerminal(_ arguments: [String], _ environment: [String: String]) throws -> String? {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else {
      print("SKIPPED: no script(1) on this machine, so nothing was run on a terminal")
      return nil
    }
    let words = ([Program.hostcap.url.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let script = Program(name: "script")
    let result = try script.run(
      at: "/usr/bin/script", ["-qec", words, "/dev/null"],
      ["TERM": "xterm"].merging(environment) { _, new in new })
    return result
  }

  @Test func colourIsForTerminalsAndNotForWhoSaysNo() throws {
    let folder = try TemporaryFolder()
    let arguments = ["judge", try folder.write(Machines.bytes(Machines.host), "host.tape")]
    #expect(try !Program.hostcap.run(arguments, environment: ["TERM": "xterm"]).output.contains(0x1b))
    guard let colored = try onTerminal(arguments, [:]),
      let plain = try onTerminal(arguments, ["NO_COLOR": "1"]),
      let dumb = try onTerminal(arguments, ["TERM": "dumb"]),
      let empty = try onTerminal(arguments, ["NO_COLOR": ""])
    else { return }
    #expect(colored.contains("\u{1b}[1m"))
    #expect(empty.contains("\u{1b}[1m"))
    #expect(!plain.contains("\u{1b}") && plain.contains("Capabilities"))
    #expect(!dumb.contains("\u{1b}") && dumb.contains("Capabilities"))
  }

  @Test func aTerminalWithoutUnicodeGetsNone() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Machines.bytes(Machines.host), "host.tape")
    for locale in [["LC_ALL": "de_DE.ISO-8859-1"], ["LANG": "de_DE.ISO-8859-1"]] {
      let result = try Program.hostcap.run(["judge", path], environment: locale)
      #expect(result.output.allSatisfy { $0 < 0x80 })
    }
    #expect(try Program.hostcap.run(["judge", path], environment: ["LANG": ""]).text.contains("✘"))
  }
}

extension Program {
  /// Another program, at its own path, with a terminal of 100 columns: what came on it.
  fileprivate func run(at path: String, _ arguments: [String], _ environment: [String: String]) throws
    -> String
  {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"]
      .merging(environment) { _, new in new }
    let out = folder.file("out")
    try Data().write(to: out)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    try process.run()
    process.waitUntilExit()
    return String(decoding: try Data(contentsOf: out), as: UTF8.self)
  }
}
