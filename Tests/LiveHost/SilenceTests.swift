// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Glibc
import Testing

@testable import LiveHost

/// What is left alone after questions without a reply.
@Suite struct SilenceTests {
  private func isLeftAlone(_ question: Question, after silent: [Question]) -> Bool {
    var silence = Silence(deadlineSeconds: 3)
    for each in silent { silence.add(each) }
    guard let answer = silence.answer(to: question) else { return false }
    guard case .failed(ETIMEDOUT, let why) = answer else {
      Issue.record("\(answer)")
      return true
    }
    #expect(why.contains("\(question)") && why.contains("within 3 s"))
    return true
  }

  private func file(_ function: String, _ name: String) -> Question {
    .file("/sys/bus/pci/devices/\(function)/\(name)")
  }

  @Test func oneWithoutAReplyIsNotAskedAgain() {
    let hung = Question.file("/proc/cpuinfo")
    #expect(!isLeftAlone(hung, after: []))
    #expect(isLeftAlone(hung, after: [hung]))
    #expect(!isLeftAlone(.file("/proc/meminfo"), after: [hung]))
    #expect(isLeftAlone(.msr(0xc001_0010), after: [.msr(0xc001_0010)]))
    #expect(!isLeftAlone(.msr(0xc001_0010, cpu: 1), after: [.msr(0xc001_0010)]))
  }

  @Test func aFunctionThatIsSilentTwiceIsLeftAloneWhole() throws {
    let address = try #require(PCIAddress("0000:03:00.0"))
    let once = [Question.pciConfig(address)]
    #expect(!isLeftAlone(file("0000:03:00.0", "vendor"), after: once))
    let twice = once + [file("0000:03:00.0", "current_link_speed")]
    #expect(isLeftAlone(file("0000:03:00.0", "vendor"), after: twice))
    #expect(isLeftAlone(.directory("/sys/bus/pci/devices/0000:03:00.0"), after: twice))
    #expect(!isLeftAlone(file("0000:03:00.1", "vendor"), after: twice))
    #expect(!isLeftAlone(.directory("/sys/bus/pci/devices"), after: twice))
    #expect(!isLeftAlone(file("0000:03:00.0", "vendor"), after: once + [file("0000:04:00.0", "class")]))
  }

  @Test func manySilentOnesCostNoDeadlineEach() {
    let hung = (0..<Silence.patience).map { file("0000:0\($0):00.0", "class") }
    #expect(!isLeftAlone(file("0000:9a:00.0", "class"), after: hung.dropLast()))
    #expect(isLeftAlone(file("0000:9a:00.0", "class"), after: hung))
    #expect(isLeftAlone(.directory("/sys/bus/pci/devices"), after: hung))
    #expect(!isLeftAlone(.file("/proc/cpuinfo"), after: hung))
    #expect(!isLeftAlone(.directory("/sys/class/net"), after: hung))
    #expect(Silence.patience < Silence.limit)
  }

  /// What a child may wish comes from a process that may be in anybody's hands.
  @Test func onlyWhatMayHangIsAskedInAHelper() {
    func wish(_ text: String) -> Wish? { Wish(Array(text.utf8)) }
    #expect(wish("ask\0libvirt:version\0qemu:///system") != nil)
    #expect(wish("ask\0file:/etc/shadow\0/etc/shadow") == nil)
    #expect(wish("ask\0pci:0000:03:00.0\0/") == nil)
    for text in [
      "", "\0", "ask", "ask\0libvirt:version", "open\0/etc/passwd", "write\0/x\0/y", "commit\0", "commi",
    ] {
      #expect(wish(text) == nil, "\(text)")
    }
    for wish in [
      Wish.open(path: "/a b", isPublic: true), .open(path: "x", isPublic: false), .commit, .discard,
    ] {
      #expect(Wish(wish.message)?.message == wish.message)
    }
  }
}
