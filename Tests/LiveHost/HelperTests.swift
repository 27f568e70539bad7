// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CHost
import Evidence
import Glibc
import Testing

@testable import LiveHost

@Suite(.serialized) struct HelperTests {
  private let question = Question.libvirt(.capabilities)

  @Test func aHelperThatHangsIsKilledAtTheDeadline() {
    let clock = ContinuousClock()
    let marker = "7\(getpid()).25"
    let took = clock.measure {
      #expect(
        run("/bin/sh", "-c", "sleep \(marker); echo late", milliseconds: 200, limit: 100).status == -ETIMEDOUT
      )
    }
    #expect(took < .seconds(5))
    // Its children went with it.
    #expect(shell("ps -eo args | grep -c '[s]leep \(marker)'").output == "0\n")
  }

  @Test func aHelperThatClosesItsOutputAndHangsIsKilledToo() {
    #expect(
      run("/bin/sh", "-c", "exec >&-; exec sleep 60", milliseconds: 200, limit: 100).status == -ETIMEDOUT)
  }

  @Test func outputBeyondTheLimitIsRefused() {
    let exact = run("/bin/sh", "-c", "printf %05000d 0", milliseconds: 10_000, limit: 5000)
    #expect(exact.status == 0 && exact.output.count == 5000 && exact.exit == 0)
    #expect(run("/bin/sh", "-c", "printf %05001d 0", milliseconds: 10_000, limit: 5000).status == -EMSGSIZE)
    #expect(run("/bin/sh", "-c", "yes", milliseconds: 10_000, limit: 1 << 20).status == -EMSGSIZE)
  }

  @Test func theExitStatusIsTheShells() {
    #expect(run("/bin/sh", "-c", "exit 7", milliseconds: 10_000, limit: 10).exit == 7)
    #expect(run("/bin/sh", "-c", "kill -9 $$", milliseconds: 10_000, limit: 10).exit == 128 + SIGKILL)
    #expect(run("/no/such/program", "", "", milliseconds: 10_000, limit: 10).exit == 127)
  }

  @Test func aHelperInheritsNothing() {
    let secret = unsafe open("/dev/null", O_RDONLY)
    defer { close(secret) }
    let line = "ls /proc/self/fd | wc -l; env | cut -d= -f1 | sort | tr '\\n' ' '; readlink /proc/self/fd/0"
    let output = run("/bin/sh", "-c", line, milliseconds: 10_000, limit: 1000).output
    // Three standard ones and the folder that ls reads; PWD and the like are the shell's own.
    let all = lines(output[...]).map { text($0) }
    #expect(all.first == "4")
    #expect(all.last?.hasSuffix("/dev/null") == true)
    #expect(!String(decoding: output, as: UTF8.self).contains("HOME"))
  }

  @Test func aHelpersAnswerSurvivesThePipe() {
    let answers: [Answer] = [
      .bytes([]), .bytes([0, 10, 255]), .absent, .denied, .withheld("why\nnot"), .failed(code: 5, "what"),
      .failed(code: -1, ""),
    ]
    for answer in answers { #expect(Answer(frame: answer.frame) == answer) }
    for broken in ["", "bytes", "byte\nx", "failed\nx", "failed 1 2\n", "failed x\n", "absent 1\n"] {
      #expect(Answer(frame: Array(broken.utf8)) == nil, "\(broken)")
    }
  }

  @Test func whatAHelperDoesWrongIsNeverAbsence() {
    func ask(_ program: String, seconds: Int = 10) -> Answer {
      Helper(program: program, deadlineSeconds: seconds).ask(question, of: "qemu:///system")
    }
    // It ends at once with nothing, does not exist, may not be run, or talks without end.
    #expect(ask("/bin/false") == .failed(code: 0, "\(question): the helper ended with status 1"))
    #expect(ask("/bin/true") == .failed(code: 0, "\(question): the helper ended with status 0"))
    #expect(ask("/no/such/program") == .failed(code: 0, "\(question): the helper ended with status 127"))
    #expect(ask("/proc/version") == .failed(code: 0, "\(question): the helper ended with status 127"))
    let folder = TemporaryFolder()
    func script(_ line: String) -> String {
      shell("printf '#!/bin/sh\\n\(line)' > '\(folder.path)/helper'; chmod 755 '\(folder.path)/helper'")
      return "\(folder.path)/helper"
    }
    #expect(
      ask(script("sleep 60"), seconds: 1) == .failed(code: ETIMEDOUT, "\(question): no reply within 1 s"))
    guard case .failed(EMSGSIZE, _) = ask(script("yes")) else {
      Issue.record("an endless reply")
      return
    }
  }

  @Test func aProgramIsAHelperOnlyWhenAskedToBe() {
    #expect(HelperEntry.run([]) == nil)
    #expect(HelperEntry.run(["hostcap", "--help"]) == nil)
    #expect(HelperEntry.run(["hostcap", HelperEntry.flag, "clock"]) == nil)
    // A helper answers what may hang and nothing else.
    #expect(HelperEntry.run(["hostcap", HelperEntry.flag, "file:/etc/shadow", ""]) == 64)
    #expect(HelperEntry.run(["hostcap", HelperEntry.flag, "nonsense", ""]) == 64)
  }

  @Test func aRequestToSomethingElseIsNoStatus() {
    let status = Question.ioctl(.snpPlatformStatus)
    #expect(HelperEntry.answer(status, of: "/no/such/device") == .absent)
    guard case .failed(ENOTTY, _) = HelperEntry.answer(status, of: "/dev/null") else {
      Issue.record("/dev/null has firmware")
      return
    }
    guard case .failed(ENOTTY, _) = HelperEntry.answer(status, of: "/proc/version") else {
      Issue.record("a file has firmware")
      return
    }
  }

  @Test func libvirtThatIsNotInstalledSaysNothingAboutTheHost() {
    let answer = LibvirtConnection.ask(.capabilities, uri: "qemu:///system", library: "libnothing.so.0")
    #expect(answer == .withheld("libnothing.so.0 is not installed"))
    let wrong = LibvirtConnection.ask(.capabilities, uri: "qemu:///system", library: "libm.so.6")
    #expect(wrong == .withheld("libm.so.6 is too old"))
  }

  @Test func libvirtThatDoesNotListenIsNotAbsence() {
    let nowhere = "qemu+unix:///system?socket=/no/such/socket"
    switch LibvirtConnection.ask(.capabilities, uri: nowhere) {
    case .failed(ENOENT, let why): #expect(why.contains("/no/such/socket"))
    case .withheld: skip("libvirt.so.0 is not installed")
    case let other: Issue.record("\(other)")
    }
  }

  @Test func theAgentIsItsOwnHelper() {
    let repository = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let agent = "/\(repository)/.build/debug/hostcap-agent"
    guard unsafe access(agent, X_OK) == 0 else {
      skip("hostcap-agent is not built")
      return
    }
    let host = LiveHost(deadlineSeconds: 30, libvirtURI: "test:///default", helper: agent)
    let answer = host.ask(question)
    #expect(answer == LibvirtConnection.ask(.capabilities, uri: "test:///default"))
  }

  @Test func libvirtsOwnTestDriverAnswers() {
    switch LibvirtConnection.ask(.capabilities, uri: "test:///default") {
    case .bytes(let bytes): #expect(bytes.starts(with: "<capabilities>".utf8))
    case .withheld: skip("libvirt.so.0 is not installed")
    case let other: Issue.record("\(other)")
    }
  }
}
