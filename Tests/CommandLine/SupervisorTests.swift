// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Testing

/// The agent's two processes, and what becomes of one when the other is in trouble.
@Suite(.serialized) struct SupervisorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A host's tree in which reading a file waits in the kernel for ever, as long as the test lasts.
  private func withSilent(_ names: [String], _ body: (String) throws -> Void) throws {
    guard geteuid() == 0, unsafe access("/dev/fuse", R_OK | W_OK) == 0 else {
      print("SKIPPED: not root, or no /dev/fuse: no read that hangs was made")
      return
    }
    for number in 1...3 {
      let function = "tree/sys/bus/pci/devices/0000:0\(number):00.0"
      try FileManager.default.createDirectory(at: folder.file(function), withIntermediateDirectories: true)
      let files = ["vendor": "0x8086", "device": "0x1572", "class": "0x020000", "numa_node": "0"]
      for (name, text) in files { _ = try folder.write(Array("\(text)\n".utf8), "\(function)/\(name)") }
      _ = try folder.write(
        [0x86, 0x80, 0x72, 0x15] + [UInt8](repeating: 0, count: 252), "\(function)/config")
    }
    try FileManager.default.createDirectory(at: folder.file("tree/proc"), withIntermediateDirectories: true)
    _ = try folder.write(Array("processor : 0\n".utf8), "tree/proc/cpuinfo")
    try FileManager.default.createDirectory(at: folder.file("mount"), withIntermediateDirectories: true)
    let server = Process()
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../LiveHost/silent.py")
    server.executableURL = URL(filePath: "/usr/bin/env")
    server.arguments = ["python3", script.path, folder.file("tree").path, folder.file("mount").path] + names
    let (input, output) = (Pipe(), Pipe())
    (server.standardInput, server.standardOutput) = (input, output)
    try server.run()
    defer {
      try? input.fileHandleForWriting.close()
      server.waitUntilExit()
    }
    try #require(
      String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("ready"))
    try body(folder.file("mount").path)
  }

  private func report(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test func aReadThatNeverReturnsIsUnknownWithinTheDeadline() throws {
    try withSilent(["02:00.0/config"]) { mount in
      let tape = folder.file("tape").path
      var result: Program.Result?
      let took = try ContinuousClock().measure {
        result = try Program.agent.run([
          "--root", mount, "--deadline", "1", "--format", "json", "--tape", tape,
        ])
      }
      let run = try #require(result)
      #expect(run.status == 0 && run.complaint.isEmpty, "\(run.complaint)")
      // One deadline; the rest is the machine's business.
      #expect(took < .seconds(30))
      let answers = try String(contentsOfFile: tape, encoding: .utf8).split(separator: "\n")
      let silent = answers.filter { $0.contains("no reply within 1 s") }
      #expect(silent.count == 1 && silent[0].contains("0000:02:00.0"), "\(silent)")
      // The function's other files, and all other functions, answered.
      let pci = try #require(try report(run.output)["pci"] as? [String: Any])
      let functions = try #require(pci["functions"] as? [[String: Any]])
      #expect(
        functions.count == 3 && functions.allSatisfy { $0["vendor"] as? String == "8086" }, "\(functions)")
    }
  }

  @Test func aFunctionWhoseEveryFileHangsCostsTwoDeadlines() throws {
    try withSilent([
      "02:00.0/config", "02:00.0/vendor", "02:00.0/device", "02:00.0/class", "02:00.0/numa_node",
    ]) { mount in
      let tape = folder.file("tape").path
      let run = try Program.agent.run([
        "--root", mount, "--deadline", "1", "--format", "json", "--tape", tape,
      ])
      #expect(run.status == 0 && run.complaint.isEmpty, "\(run.complaint)")
      let answers = try String(contentsOfFile: tape, encoding: .utf8).split(separator: "\n")
      #expect(answers.filter { $0.contains(": no reply within 1 s") }.count == 2)
      let rest = answers.filter { $0.contains("had no reply within 1 s") }
      #expect(rest.count > 5 && rest.allSatisfy { $0.contains("0000:02:00.0") })
      #expect(answers.contains { $0.contains("0000:03:00.0/vendor") && $0.contains("0x8086") })
    }
  }

  /// Runs the agent with a fault that strace puts in; `nil`: it cannot.
  private func traced(_ fault: String, _ options: [String]) throws -> (status: Int32, complaint: String)? {
    func run(_ words: [String]) throws -> (Int32, String) {
      let process = Process()
      let errors = folder.file("errors")
      try Data().write(to: errors)
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["strace", "-f", "-o", folder.file("trace").path] + words
      process.environment = Program.inherited
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      return (process.terminationStatus, try String(contentsOf: errors, encoding: .utf8))
    }
    guard (try? run(["true"]).0) == 0 else {
      print("SKIPPED: no strace that may trace")
      return nil
    }
    let (status, complaint) = try run(["-e", "inject=\(fault)", Program.agent.url.path] + options)
    return (status, complaint)
  }

  @Test func aReaderThatCrashesIsSaidAndLeavesNoFile() throws {
    let output = folder.file("report.json").path
    let options = ["--format", "json", "--output", output]
    guard let run = try traced("getdents64:signal=KILL:when=1", options) else { return }
    #expect(run.status == 128 + SIGKILL)
    #expect(
      run.complaint.hasPrefix("hostcap: the process that reads the host ended by signal 9"),
      "\(run.complaint)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["errors", "trace"])
  }

  @Test func whoClosesStandardDescriptorsGetsNoOtherFileInTheirPlace() throws {
    let output = folder.file("report.json").path
    func run(_ line: String) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", line, Program.agent.url.path, output]
      process.environment = Program.inherited
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    // There is nowhere to write to, and that is said.
    #expect(try run("exec \"$0\" --only platform <&- >&- 2>/dev/null") == 2)
    #expect(try run("exec \"$0\" --only platform --root / <&- >&- 2>&-") == 2)
    #expect(try run("exec \"$0\" --only platform --format json --output \"$1\" <&- >&- 2>&-") == 0)
    _ = try report(Array(try Data(contentsOf: URL(filePath: output))))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["report.json"])
  }

  @Test func aFileThatCannotBePutInPlaceIsSaidAndLeavesNothing() throws {
    let output = folder.file("report.json").path
    guard let run = try traced("rename,renameat,renameat2:error=EIO", ["--output", output]) else { return }
    #expect(run.status == 2)
    #expect(run.complaint.contains("hostcap: \(output): Input/output error"), "\(run.complaint)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["errors", "trace"])
  }
}
