// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import HostModel
import Testing

/// Several forms from one look, each whole, for everybody to read and nobody to run.
@Suite struct PublishTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let forms = Catalog.reports.map { $0.format }.filter { $0 != "text" }

  private func mode(_ file: URL) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
  }

  @Test func everyFormIsPublishedFromOneLook() throws {
    let wishes = Self.forms.flatMap { ["--publish", "\($0)=\(folder.file($0).path)"] }
    let result = try Program.agent.run(["--skip", "libvirt"] + wishes)
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    for form in Self.forms { #expect(try mode(folder.file(form)) == 0o644) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == Self.forms.count)
  }

  @Test func theUmaskAndAnOldModeDoNotMatter() throws {
    let file = folder.file("fact")
    try Data("old".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
    let result = try Program.agent.run(["--skip", "libvirt", "--publish", "ansible=\(file.path)"])
    #expect(result.status == 0)
    #expect(try mode(file) == 0o644)
    #expect(try Data(contentsOf: file).first == UInt8(ascii: "{"))
  }

  @Test func oneThatCannotBeWrittenCostsOnlyItself() throws {
    let result = try Program.agent.run(
      [
        "--skip", "libvirt", "--publish", "json=/nowhere/report.json", "--publish",
        "nfd=\(folder.file("nfd").path)",
      ])
    #expect(result.status == 2)
    #expect(result.complaint == "hostcap: /nowhere/report.json: No such file or directory\n")
    #expect(FileManager.default.fileExists(atPath: folder.file("nfd").path))
  }

  @Test func aPageIsPrintedOnlyIfItIsAskedFor() throws {
    let wish = ["--skip", "libvirt", "--publish", "nfd=\(folder.file("nfd").path)"]
    #expect(try Program.agent.run(wish).output.isEmpty)
    #expect(try !Program.agent.run(wish + ["--format", "json"]).output.isEmpty)
  }

  @Test func wishesThatNobodyUnderstandsAreRefused() throws {
    for wish in ["json", "text=x", "json=", "xml=x"] {
      #expect(try Program.agent.run(["--publish", wish]).status == 64)
    }
    #expect(try Program.agent.run(["--publish", "json=x", "--publish", "nfd=x"]).status == 64)
  }

  /// A reader in a loop, while the writer is killed at any moment: it never sees a broken file.
  @Test func killedAtAnyMomentItLeavesAWholeFile() throws {
    let file = folder.file("report.json")
    let wish = ["--skip", "libvirt", "--publish", "json=\(file.path)"]
    #expect(try Program.agent.run(wish).status == 0)
    for _ in 0..<200 {
      let process = Process()
      process.executableURL = Program.agent.url
      process.environment = Program.inherited
      process.arguments = wish
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      // A run takes some 50 ms.
      Thread.sleep(forTimeInterval: .random(in: 0...0.08))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      #expect(object?["schemaVersion"] != nil)
    }
  }

  /// The shell's limit on files stands for the disk: full at whatever write, the old file stays and nothing else does.
  @Test func aFullDiskLeavesTheOldFile() throws {
    let file = folder.file("report.json")
    try Data("old\n".utf8).write(to: file)
    for blocks in [0, 1, 2, 4, 8, 16, 32] {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.environment = Program.inherited
      process.arguments = [
        "-c",
        "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" --skip libvirt --publish json=\"$1\" 2>/dev/null",
        Program.agent.url.path, file.path,
      ]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 2)
      #expect(try Data(contentsOf: file) == Data("old\n".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["report.json"])
    }
  }

  /// ENOSPC at each write, fsync and rename in turn; the run that none of them meets is whole.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "no strace"))
  func everyCallThatCanFailLeavesAWholeFile() throws {
    let file = folder.file("report.json")
    try Data("old\n".utf8).write(to: file)
    for call in ["write", "fsync", "rename", "renameat", "renameat2"] {
      for time in 1...64 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/strace")
        process.environment = Program.inherited
        process.arguments = [
          "-f", "-qq", "-o", folder.file("calls").path, "-e", "trace=\(call)", "-e",
          "inject=\(call):error=ENOSPC:when=\(time)", Program.agent.url.path, "--skip", "libvirt",
          "--publish",
          "json=\(file.path)",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let calls = try String(decoding: Data(contentsOf: folder.file("calls")), as: UTF8.self)
        try FileManager.default.removeItem(at: folder.file("calls"))
        let content = try Data(contentsOf: file)
        let isOld = content == Data("old\n".utf8)
        let isWhole = (try? JSONSerialization.jsonObject(with: content)) != nil
        #expect(isOld || isWhole, "\(call) \(time)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["report.json"])
        if !calls.contains("INJECTED") { break }
        try Data("old\n".utf8).write(to: file)
      }
    }
  }
}
