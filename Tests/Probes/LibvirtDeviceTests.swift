// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeLibvirt
import Tape
import Testing

@Suite struct LibvirtDeviceTests {
  typealias H = SEVHost
  static let listed = Question.libvirt(.nodeDevices)
  static let kernel = Question.directory("/sys/bus/pci/devices")

  static func result(_ theirs: Answer, _ ours: Answer) -> ProbeResult {
    LibvirtProbe.examine(Tape([listed: theirs, kernel: ours]))
  }

  @Test func theSameFunctionsAreNoContradiction() {
    let result = Self.result(
      H.text("pci_0000_3b_00_0\npci_10000_00_01_7\n"), H.text("0000:3b:00.0\n10000:00:01.7\n"))
    #expect(result.contradictions.isEmpty)
    #expect(result.facts.map(\.value) == [.count(2)])
  }

  @Test(arguments: [
    ("", "does not list 1 of the kernel's functions, 0000:3b:00.0 first"),
    ("pci_0000_3b_00_0\npci_0000_3b_00_1\n", "still lists 1 of the kernel's functions, 0000:3b:00.1 first"),
  ]) func aListOfAnotherTimeIs(_ names: String, _ words: String) throws {
    let found = Self.result(H.text(names + "pci_0000_00_00_0\n"), H.text("0000:00:00.0\n0000:3b:00.0\n"))
    let contradiction = try #require(found.contradictions.first)
    #expect(contradiction.id == "libvirt.pci-functions-differ")
    #expect(contradiction.meaning.contains(words))
  }

  @Test func withoutEitherListThereIsNone() {
    let names = H.text("pci_0000_3b_00_0\n")
    #expect(Self.result(names, .denied).contradictions.isEmpty)
    #expect(Self.result(.withheld("not asked"), H.text("0000:3b:00.0\n")).contradictions.isEmpty)
    // Names that are not PCI functions' are nothing to compare with.
    #expect(Self.result(H.text("computer\n"), H.text("0000:3b:00.0\n")).contradictions.isEmpty)
  }
}
