// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Testing

@Suite struct PCIConfigSpaceTests {
  @Test func lessThanAHeaderIsNoConfigurationSpace() {
    #expect(ConfigSpace([]) == nil)
    #expect(ConfigSpace(PCIConfig().bytes[..<63]) == nil)
  }

  @Test func sixtyFourBytesAreUnknownNotAbsent() {
    let space = ConfigSpace(PCIConfig().bytes[..<64])
    #expect(space?.capability(0x10) == .unknown("only 64 bytes of configuration space"))
    #expect(space?.extendedCapability(0x10) == .unknown("only 64 bytes of configuration space"))
  }

  @Test func withoutTheStatusBitThereIsNoList() {
    var config = PCIConfig()
    config.bytes[6] = 0
    #expect(ConfigSpace(config.bytes[..<64])?.extendedCapability(0x10) == .absent)
  }

  @Test func twoHundredAndFiftySixBytesHideTheExtendedOnes() {
    let space = ConfigSpace(PCIConfig().bytes[..<256])
    #expect(space?.capability(0x10) == .at(0x40))
    #expect(space?.extendedCapability(0x10) == .unknown("only 256 bytes of configuration space"))
  }

  @Test func listsThatBiteTheirTailEnd() {
    var config = PCIConfig()
    config.bytes[0x41] = 0x40
    #expect(ConfigSpace(config.bytes[...])?.capability(0x05) == .unknown("the capability list does not end"))
    config.bytes[0x41] = 0
    // Id 1, next 100h.
    config.put(0x0001, at: 0x100)
    config.put(0x1001, at: 0x102)
    #expect(
      ConfigSpace(config.bytes[...])?.extendedCapability(0x10)
        == .unknown("the extended capability list does not end"))
  }

  @Test func allOnesIsNobodyNotEveryBit() {
    let space = ConfigSpace([UInt8](repeating: 0xff, count: 4096)[...])
    #expect(space?.isAllOnes == true)
    #expect(space?.vendor == nil)
    #expect(space?.capability(0x10) == .unknown("the capability list is broken"))
  }

  @Test func headersOfAnyNoiseAreWalkedToAnEnd() {
    var state: UInt64 = 1
    for size in [64, 65, 128, 255, 256, 257, 4095, 4096] {
      for _ in 0..<200 {
        let bytes = (0..<size).map { _ -> UInt8 in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return UInt8(truncatingIfNeeded: state >> 33)
        }
        guard let space = ConfigSpace(bytes[...]) else { continue }
        if case .at(let offset) = space.extendedCapability(0x0010) { _ = SRIOVCapability(space, at: offset) }
        #expect(space.bytes.count == size)
      }
    }
  }

  @Test func sriovFieldsAreWhereTheSpecificationHasThem() {
    var config = PCIConfig()
    config.addSRIOV(total: 8, number: 7, isEnabled: true, offset: 0x180, stride: 2, device: 0x10ca)
    let space = ConfigSpace(config.bytes[...])
    let found = space.flatMap { SRIOVCapability($0, at: 0x100) }
    #expect(space?.extendedCapability(0x0010) == .at(0x100))
    #expect(found?.totalVFs == 8)
    #expect(found?.activeVFs == 7)
    #expect(found?.firstVFOffset == 0x180)
    #expect(found?.vfStride == 2)
    #expect(found?.vfDevice == 0x10ca)
  }

  @Test func numVFsCountOnlyWhileEnabled() {
    var config = PCIConfig()
    config.addSRIOV(total: 8, number: 7, isEnabled: false)
    #expect(ConfigSpace(config.bytes[...]).flatMap { SRIOVCapability($0, at: 0x100) }?.activeVFs == 0)
  }

  @Test func shortSpaceIsDeniedOnALiveHostAndWithheldInACopy() {
    var machine = PCIMachine.amd()
    let address = PCIAddress(bus: 1, device: 0, function: 0)
    machine.answers[.pciConfig(address)] = .bytes(Array(PCIConfig().bytes[..<64]))
    guard case .denied = machine.sriovCapability(address).outcome else {
      Issue.record("64 bytes on a live host are a lack of privilege")
      return
    }
    machine.set(.origin, "tree\n")
    guard case .withheld = machine.sriovCapability(address).outcome else {
      Issue.record("64 bytes in a copy are all that it holds")
      return
    }
  }
}
