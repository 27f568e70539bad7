// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@Suite struct PCIAddressTests {
  @Test func theKernelsFormReadsBack() {
    let address = PCIAddress(domain: 0, bus: 0x3b, device: 0x1f, function: 7)
    #expect(address.description == "0000:3b:1f.7")
    #expect(PCIAddress("0000:3b:1f.7") == address)
    #expect(PCIAddress("0000:3B:1F.7") == address)
  }

  /// Intel VMD's domains.
  @Test func aDomainMayHaveEightDigits() {
    #expect(PCIAddress(domain: 0x10000, bus: 0, device: 0, function: 0).description == "10000:00:00.0")
    #expect(PCIAddress("ffffffff:ff:1f.7")?.domain == .max)
  }

  @Test(arguments: [
    "", "3b:00.0", "0000:3b:00", "0000:3b:20.0", "0000:3b:00.8", "000:3b:00.0", "000000000:3b:00.0",
    "0000:3b:00.00", "0000:3b:0.00",
    "0000:3b.00.0", "0000:g0:00.0", " 0000:3b:00.0", "0000:3b:00.0\n", "0000:-1:00.0", "0000:3b:+1.0",
    "0000:3b:00:0", "0000:é:00.0",
  ])
  func anyOtherFormIsRefused(text: String) {
    #expect(PCIAddress(text) == nil)
  }

  @Test func theOrderIsNumerical() {
    let texts = [
      "0000:02:00.0", "0000:10:00.0", "0000:10:00.1", "0000:10:01.0", "0001:00:00.0", "10000:00:00.0",
    ]
    #expect(texts.compactMap { PCIAddress($0) }.shuffled().sorted().map(\.description) == texts)
  }
}
