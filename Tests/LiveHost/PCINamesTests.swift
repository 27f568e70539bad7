// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LiveHost

@Suite struct PCINamesTests {
  @Test func namesAreThoseOfTheHostsList() {
    let names = PCINames()
    guard let vendor = names.vendor(0x8086) else { skip("no libpci or no pci.ids here"); return }
    #expect(vendor == "Intel Corporation")
    #expect(names.device(vendor: 0x8086, device: 0x1592)?.contains("E810") == true)
    #expect(names.className(0x020000) == "Ethernet controller")
    #expect(names.className(0x030200) == "3D controller")
  }

  @Test func whatIsNotListedHasNoName() {
    let names = PCINames()
    #expect(names.vendor(0xfff1) == nil)
    #expect(names.device(vendor: 0xfff1, device: 0xfffd) == nil)
  }

  @Test func withoutLibpciNothingHasAName() {
    let names = PCINames(library: PCILibrary("libnothing.so.3"))
    #expect(names.vendor(0x8086) == nil)
    #expect(names.className(0x020000) == nil)
    // A library of another kind is not used either.
    #expect(PCINames(library: PCILibrary("libm.so.6")).vendor(0x8086) == nil)
  }
}
