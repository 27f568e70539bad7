// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Testing

/// A probe that wants more than to read, in the agent's own sandbox. The attempts are in Tests/Attempt.
@Suite struct SandboxTests {
  private static let program = Program(name: "attempt")

  /// By SIGSYS. The others are refused with an errno, and the process goes on.
  private static let deadly: Set = [
    "exec", "ptrace", "load-module", "mount", "bpf", "port", "become-another", "regain-capabilities",
  ]
  /// What only a helper does: it speaks to libvirt's socket, whose client loads libraries.
  private static let helpersOwn: Set = ["unix-socket", "map-to-run"]
  /// What is safe to do where nothing hinders it.
  private static let harmless = [
    "write", "create", "unlink", "unix-socket", "inet-socket", "fork", "map-shared", "openat2",
  ]

  private static func attempt(_ name: String, as who: String) throws -> (
    outcome: String, status: Int32, isWhole: Bool
  ) {
    let folder = try TemporaryFolder()
    let victim = try folder.write(Array("content".utf8), "victim")
    let result = try program.run([who, name, victim])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    let content = try? String(contentsOfFile: victim, encoding: .utf8)
    let isWhole = names == ["victim"] && content == "content"
    return (result.lines.first.map(String.init) ?? "", result.status, isWhole)
  }

  private static func names() throws -> [String] {
    try program.run(["list"]).lines.map(String.init)
  }

  @Test(arguments: ["prober", "helper"]) func whatIsNotReadingIsKilledOrRefused(_ who: String) throws {
    guard try Self.holds() else { return }
    let names = try Self.names()
    #expect(names.count > 30)
    for name in names where who == "prober" || !Self.helpersOwn.contains(name) {
      // Without a device there is nothing to be refused.
      if name == "create-vm", unsafe access("/dev/kvm", F_OK) != 0 { continue }
      let (outcome, status, isWhole) = try Self.attempt(name, as: who)
      #expect(isWhole, "\(who): \(name) left something behind")
      if Self.deadly.contains(name) {
        #expect(
          status == 128 + SIGSYS || status == SIGSYS, "\(who): \(name) ended with \(status), said \(outcome)")
      } else {
        #expect(
          status == 0 && ["\(EPERM)", "\(EACCES)"].contains(outcome), "\(who): \(name) came to \(outcome)")
      }
    }
  }

  @Test func withoutASandboxTheSameIsDone() throws {
    for name in Self.harmless {
      let (outcome, status, _) = try Self.attempt(name, as: "free")
      #expect(outcome == "0" && status == 0, "\(name): \(outcome), \(status)")
    }
    // Another program took the process's place, and said nothing of an errno.
    let exec = try Self.attempt("exec", as: "free")
    #expect(exec.outcome.isEmpty && exec.status == 0)
  }

  /// A file that the supervisor was not told of is refused even to one that may write.
  @Test func theSupervisorWritesWhatItWasToldAndNothingElse() throws {
    let folder = try TemporaryFolder()
    let told = folder.file("told").path
    #expect(try Program.agent.run(["--only", "platform", "--output", told]).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["told"])
    #expect(try Self.attempt("another-output", as: "prober").outcome == "\(EPERM)" || !(try Self.holds()))
  }

  @Test func theReportSaysWhatHeld() throws {
    func sandbox(_ options: [String]) throws -> [String]? {
      let result = try Program.agent.run(["--only", "platform", "--format", "json"] + options)
      let report = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
      let source = report?["source"] as? [String: Any]
      return (source?["privilege"] as? [String: Any])?["sandbox"] as? [String]
    }
    #expect(try sandbox(["--no-sandbox"]) == [])
    let page = try Program.agent.run(["--only", "platform", "--no-sandbox"]).text
    #expect(page.contains("in no sandbox"))
    guard try Self.holds() else { return }
    let whole = try #require(try sandbox([]))
    #expect(Set(whole).isSuperset(of: ["no_new_privs", "capabilities", "seccomp"]))
    #expect(!(try Program.agent.run(["--only", "platform"]).text.contains("in no sandbox")))
  }

  /// Whether this kernel, and what we run in, allow filters at all.
  private static func holds() throws -> Bool {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    guard status.contains("Seccomp:") else {
      print("SKIPPED: this kernel has no seccomp")
      return false
    }
    return true
  }
}
