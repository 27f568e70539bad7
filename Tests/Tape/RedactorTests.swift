// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@testable import Tape

/// A host with a key and a name, and what else a test wants of it.
func keyedHost(_ more: [Question: Answer] = [:], machine: String = "0123456789abcdef0123456789abcdef") -> Tape
{
  Tape(
    more.merging([
      .file("/etc/machine-id"): .bytes(Array("\(machine)\n".utf8)),
      .file("/proc/sys/kernel/hostname"): .bytes(Array("compute-17.example.org\n".utf8)),
    ]) { given, _ in given })
}

/// What `text` becomes as the answer to `question`.
func redacted(_ question: Question, _ text: String, of host: Tape = keyedHost()) -> String {
  var host = host
  host[question] = .bytes(Array(text.utf8))
  guard case .bytes(let bytes) = Redactor(host).ask(question) else { return "no bytes" }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct RedactorTests {
  @Test func pseudonymsKeepTheShapeOfWhatTheyReplace() {
    #expect(
      redacted(.file("/etc/machine-id"), "0123456789abcdef0123456789abcdef\n").wholeMatch(
        of: /68636170[0-9a-f]{24}\n/) != nil)
    #expect(redacted(.file("/etc/hostname"), "compute-17\n").wholeMatch(of: /host-[0-9a-f]{10}\n/) != nil)
    #expect(
      redacted(.file("/sys/class/dmi/id/product_serial"), "CZ1234\n").wholeMatch(of: /serial-[0-9a-f]{10}\n/)
        != nil)
    #expect(
      redacted(.file("/sys/class/dmi/id/product_uuid"), "4c4c4544-0034-4210-8057-b8c04f485932\n")
        .wholeMatch(of: /68636170-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}\n/) != nil)
    #expect(
      redacted(.file("/sys/class/net/eth0/address"), "aa:bb:cc:dd:ee:ff\n").wholeMatch(
        of: /02:68:63(:[0-9a-f]{2}){3}\n/) != nil)
    #expect(
      redacted(
        .file("/sys/class/net/ib0/address"), "80:00:00:86:fe:80:00:00:00:00:00:00:24:8a:07:03:00:aa:bb:cc\n"
      )
      .wholeMatch(of: /02:68:63(:[0-9a-f]{2}){17}\n/) != nil)
  }

  @Test func anAddressHasOnePseudonymHoweverItIsWritten() {
    let host = keyedHost([
      .file("/sys/class/net/eth0/address"): .bytes(Array("00:11:22:aa:bb:cc\n".utf8)),
      .file("/sys/class/net/eth0/uevent"): .bytes(
        Array("INTERFACE=enx001122aabbcc\nMAC=00-11-22-AA-BB-CC\n".utf8)),
    ])
    let redactor = Redactor(host)
    guard case .bytes(let address) = redactor.ask(.file("/sys/class/net/eth0/address")),
      case .bytes(let event) = redactor.ask(.file("/sys/class/net/eth0/uevent"))
    else { return #expect(Bool(false)) }
    let pairs = text(address[...])
    let digits = pairs.filter { $0 != ":" }
    #expect(text(event[...]) == "INTERFACE=enx\(digits)\nMAC=\(pairs.replacing(":", with: "-"))")
  }

  @Test func nobodysAddressesStay() {
    for address in ["00:00:00:00:00:00\n", "ff:ff:ff:ff:ff:ff\n", "\n", ""] {
      #expect(redacted(.file("/sys/class/net/lo/address"), address) == address)
    }
    for name in ["localhost\n", "(none)\n"] { #expect(redacted(.file("/etc/hostname"), name) == name) }
  }

  @Test func aReplacedNameIsAskedUnderTheRealOne() {
    let host = keyedHost([
      .directory("/sys/class/net"): .bytes(Array("enx001122334455\nlo\n".utf8)),
      .link("/sys/class/net/enx001122334455"): .bytes(
        Array("../../devices/pci0000:00/net/enx001122334455".utf8)),
      .file("/sys/class/net/enx001122334455/mtu"): .bytes(Array("1500\n".utf8)),
      .directory("/sys/bus/mdev/devices"): .bytes(Array("5b3b4e66-7c9b-4f2a-9b7c-1a2b3c4d5e6f\n".utf8)),
      .directory("/sys/bus/mdev/devices/5b3b4e66-7c9b-4f2a-9b7c-1a2b3c4d5e6f"): .bytes(
        Array("remove\n".utf8)),
    ])
    let recorder = Recorder(Redactor(host))
    let name = recorder.names(in: "/sys/class/net").value?.first ?? ""
    #expect(name.wholeMatch(of: /enx026863[0-9a-f]{6}/) != nil)
    #expect(recorder.ask(.file("/sys/class/net/\(name)/mtu")) == .bytes(Array("1500\n".utf8)))
    #expect(recorder.linkName("/sys/class/net/\(name)").value == name)
    let mediated = recorder.names(in: "/sys/bus/mdev/devices").value?.first ?? ""
    #expect(recorder.names(in: "/sys/bus/mdev/devices/\(mediated)").value == ["remove"])
    #expect(
      !recorder.tape.answers.keys.contains {
        $0.description.contains("001122334455") || $0.description.contains("5b3b4e66")
      })
  }

  @Test func aListOfReplacedNamesIsInOrder() {
    let names = (0..<20).map { "enx0011223344\(digits(UInt8($0), width: 2))" }
    let listing = redacted(.directory("/sys/class/net"), names.map { $0 + "\n" }.joined())
    let shown = listing.split(separator: "\n")
    #expect(shown.count == 20 && Set(shown).count == 20)
    #expect(shown == shown.sorted())
  }

  @Test func withoutAKeyPseudonymsCountUp() {
    let host = Tape([.directory("/sys/class/net"): .bytes(Array("enx001122334455\nenx001122334466\n".utf8))])
    #expect(
      redacted(.directory("/sys/class/net"), "enx001122334455\nenx001122334466\n", of: host)
        == "enx026863000001\nenx026863000002\n")
    #expect(redacted(.file("/sys/class/dmi/id/board_serial"), "CZ1234\n", of: host) == "redacted\n")
  }

  /// A key must be random: with a MAC address or a service tag in it, all addresses of a maker could be tried.
  @Test(arguments: [
    ("b5b7ad74-1e4f-4f0e-8a57-0d5c1a2b3c4d", true), ("4c4c4544-0034-4210-8057-b8c04f485932", false),
    ("00000000-0000-0000-0000-ac1f6b112233", false), ("03000200-0400-0500-0006-000700080009", false),
    ("68636170-0000-4000-8000-000000000000", false), ("", false),
  ])
  func onlyARandomProductUUIDIsAKey(uuid: String, isKey: Bool) {
    let host = Tape([.file("/sys/class/dmi/id/product_uuid"): .bytes(Array("\(uuid)\n".utf8))])
    let serial = redacted(.file("/sys/class/dmi/id/product_serial"), "CZ1234\n", of: host)
    #expect((serial != "redacted\n") == isKey)
  }

  @Test func whatHoldsSerialNumbersInBytesIsWithheld() {
    let host = keyedHost([
      .file("/sys/firmware/dmi/tables/DMI"): .bytes([1, 2, 3]),
      .file("/sys/bus/pci/devices/0000:3b:00.0/vpd"): .bytes([0x82]),
      .msr(0x4f): .bytes([1, 2, 3, 4, 5, 6, 7, 8]),
      .cpuid(leaf: 3): .bytes([UInt8](repeating: 1, count: 16)),
    ])
    for question in host.answers.keys
    where !question.description.contains("machine") && !question.description.contains("hostname") {
      guard case .withheld = Redactor(host).ask(question) else { return #expect(Bool(false), "\(question)") }
    }
  }

  @Test func whyAnAnswerIsMissingIsRedactedToo() {
    let host = keyedHost([
      .libvirt(.capabilities): .failed(code: 38, "no route from compute-17 to 10.1.2.3:16509"),
      .kernelLog: .withheld("not from compute-17.example.org"),
    ])
    let redactor = Redactor(host)
    guard case .failed(38, let failed) = redactor.ask(.libvirt(.capabilities)),
      case .withheld(let withheld) = redactor.ask(.kernelLog)
    else { return #expect(Bool(false)) }
    #expect(failed.wholeMatch(of: /no route from host-[0-9a-f]{10} to 192\.0\.2\.\d+:16509/) != nil)
    #expect(withheld.wholeMatch(of: /not from host-[0-9a-f]{10}/) != nil)
  }
}
