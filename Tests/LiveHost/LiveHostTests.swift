// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CHost
import Evidence
import Glibc
import Testing

@testable import LiveHost

/// This machine, whatever it is.
@Suite struct LiveHostTests {
  let host = LiveHost()

  @Test func readsTheKernelsOwnFiles() throws {
    let release = try #require(bytes(host.ask(.file("/proc/sys/kernel/osrelease"))))
    #expect(text(release[...]) == shell("uname -r").output.split(separator: "\n").first.map { String($0) })
    let commandLine = try #require(bytes(host.ask(.file("/proc/cmdline"))))
    #expect(!commandLine.isEmpty)
  }

  @Test func absentIsTheHostsOwnWord() {
    #expect(host.ask(.file("/proc/no-such-file")) == .absent)
    #expect(host.ask(.directory("/proc/no-such-folder")) == .absent)
    #expect(host.ask(.link("/proc/no-such-link")) == .absent)
    // ENOTDIR
    #expect(host.ask(.file("/proc/version/below")) == .absent)
    #expect(host.ask(.directory("/proc/version")) == .absent)
  }

  @Test func deniedIsNotAbsent() {
    let folder = TemporaryFolder()
    folder.put("secret", "x")
    folder.put("closed/inside", "x")
    shell("chmod 0 '\(folder.path)/secret'; chmod 0 '\(folder.path)/closed'; chmod 755 '\(folder.path)'")
    unprivileged {
      #expect(host.ask(.file("\(folder.path)/secret")) == .denied)
      #expect(host.ask(.directory("\(folder.path)/closed")) == .denied)
      #expect(host.ask(.link("\(folder.path)/closed/inside")) == .denied)
      #expect(host.ask(.file("\(folder.path)/nothing")) == .absent)
    }
  }

  @Test func whatIsNeitherFailsWithItsErrno() {
    guard case .failed(EISDIR, _) = host.ask(.file("/proc")) else {
      Issue.record("a folder was read"); return
    }
    guard case .failed(EINVAL, _) = host.ask(.link("/proc/version")) else {
      Issue.record("a file was taken for a link")
      return
    }
  }

  @Test func aFileIsCutAtTheLimit() {
    let folder = TemporaryFolder()
    let long = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    folder.put("long", long)
    folder.put("empty", "")
    #expect(host.ask(.file("\(folder.path)/long")) == .bytes(Array(long.prefix(Question.fileLimit))))
    #expect(host.ask(.file("\(folder.path)/empty")) == .bytes([]))
  }

  @Test func aFIFOIsNotWaitedFor() {
    let folder = TemporaryFolder()
    shell("mkfifo '\(folder.path)/fifo'")
    #expect(host.ask(.file("\(folder.path)/fifo")) == .bytes([]))
  }

  @Test func namesAreSortedByTheirBytes() {
    let folder = TemporaryFolder()
    for name in ["b", "a", "Z", "10", "9", "\u{e9}", ".hidden", "e"] { folder.put(name, "") }
    folder.makeFolder("a-folder")
    let expected = ".hidden\n10\n9\nZ\na\na-folder\nb\ne\n\u{e9}\n"
    #expect(host.ask(.directory(folder.path)) == .bytes(Array(expected.utf8)))
  }

  @Test func aNameWithANewlineForgesNoOther() {
    let folder = TemporaryFolder()
    folder.put("one\ntwo", "")
    guard case .failed = host.ask(.directory(folder.path)) else { Issue.record("two names from one"); return }
  }

  @Test func aLinkIsItsTargetAsWritten() {
    let folder = TemporaryFolder()
    folder.link("link", to: "../over/there")
    #expect(host.ask(.link("\(folder.path)/link")) == .bytes(Array("../over/there".utf8)))
  }

  @Test func privilegeIsOurs() throws {
    let answer = try #require(bytes(host.ask(.privilege)))
    let all = lines(answer[...]).map { text($0) }
    #expect(all.first == "euid \(geteuid())")
    #expect(all.count == 2 && all[1].hasPrefix("cap_eff ") && all[1].utf8.count == 24)
  }

  @Test func theClockGoes() throws {
    let seconds = try #require(host.read(.clock, as: decimal).value)
    #expect(abs(Int(seconds) - time(nil)) <= 1)
    #expect(host.origin().value == .live)
  }

  @Test func theKernelLogIsTextOrARefusal() {
    switch host.ask(.kernelLog) {
    case .bytes(let bytes): #expect(bytes.count <= Asker.kernelLogLimit && !bytes.contains(0))
    case .denied: skip("the kernel log is closed to us")
    case let other: Issue.record("\(other)")
    }
  }

  @Test func withoutALibraryOrAHelperTheRestStillAnswers() {
    let bare = LiveHost(helper: nil, libvirtURI: nil, libpci: "libnothing.so.3")
    #expect(bare.ask(.libvirt(.capabilities)) == .withheld("no helper process to ask in"))
    for address in host.names(in: "/sys/bus/pci/devices").value ?? [] {
      guard let function = PCIAddress(address) else { continue }
      #expect(bare.ask(.pciConfig(function)) == host.ask(.pciConfig(function)), "\(address)")
    }
    #expect(bare.ask(.pciConfig(PCIAddress(domain: 0xfffe, bus: 0xff, device: 31, function: 7))) == .absent)
    #expect(host.ask(.pciConfig(PCIAddress(domain: 0xfffe, bus: 0xff, device: 31, function: 7))) == .absent)
  }

  @Test func configurationSpaceIsWhatTheKernelHolds() throws {
    var seen = 0
    for address in host.names(in: "/sys/bus/pci/devices").value ?? [] {
      let function = try #require(PCIAddress(address))
      let config = try #require(bytes(host.ask(.pciConfig(function))))
      let vendor = host.read(.file("/sys/bus/pci/devices/\(address)/vendor"), as: hexadecimal).value
      #expect([64, 128, 256, 4096].contains(config.count))
      // A VF's own two words are all ones; sysfs has them from its PF.
      let word = littleEndian(config[...], as: UInt16.self).map { UInt64($0) }
      #expect(word == vendor || word == 0xffff)
      seen += 1
    }
    if seen == 0 { skip("no PCI functions here") }
  }

  private func bytes(_ answer: Answer) -> [UInt8]? {
    if case .bytes(let bytes) = answer { bytes } else { nil }
  }
}
