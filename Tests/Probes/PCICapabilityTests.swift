// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Testing

extension PCIConfig {
  mutating func put(dword value: UInt32, at offset: Int) {
    put(UInt16(value & 0xffff), at: offset)
    put(UInt16(value >> 16), at: offset + 2)
  }

  /// An extended capability, version 1, its registers from +4 on, and where the next one is.
  mutating func add(_ id: UInt16, at offset: Int, next: Int = 0, _ registers: [UInt32]) {
    put(dword: UInt32(id) | 1 << 16 | UInt32(next) << 20, at: offset)
    for (index, register) in registers.enumerated() { put(dword: register, at: offset + 4 + 4 * index) }
  }

  /// PCI Express at 40h: PCI Express Capabilities, DevCap, LnkCap, LnkSta, DevCap2, DevCtl2.
  mutating func express(
    _ flags: UInt16, device: UInt32 = 0, link: UInt32 = 0, status: UInt16 = 0, device2: UInt32 = 0,
    control2: UInt16 = 0
  ) {
    put(flags, at: 0x42)
    put(dword: device, at: 0x44)
    put(dword: link, at: 0x4c)
    put(status, at: 0x52)
    put(dword: device2, at: 0x64)
    put(control2, at: 0x68)
  }

  func capabilities(first count: Int = 4096) -> FunctionCapabilities? {
    ConfigSpace(bytes.prefix(count)).flatMap(FunctionCapabilities.init)
  }
}

@Suite struct PCICapabilityTests {
  @Test func endpointHasItsTypeResetAndLink() {
    var config = PCIConfig()
    // Version 2, endpoint; DevCap[28] and [30]; LnkCap 32 GT/s x16, LnkSta 2.5 GT/s x8.
    config.express(0x0002, device: 0x5000_8fe3, link: 0x0047_7105, status: 0x0081)
    let express = config.capabilities()?.express.value
    #expect(express?.portType == .endpoint)
    #expect(express?.canFunctionLevelReset == true)
    #expect(express?.isTEEIOSupported == true)
    #expect(express?.isARIForwardingSupported == nil)
    #expect(express?.link?.speedMTps == 2500)
    #expect(express?.link?.width == 8)
    #expect(express?.link?.maximumSpeedMTps == 32000)
    #expect(express?.link?.maximumWidth == 16)
  }

  @Test func onlyPortsThatLeadDownForwardByARI() {
    var config = PCIConfig()
    config.express(0x0142, device2: 1 << 5, control2: 1 << 5)
    #expect(config.capabilities()?.express.value?.portType == .rootPort)
    #expect(config.capabilities()?.express.value?.isARIForwardingSupported == true)
    #expect(config.capabilities()?.express.value?.isARIForwardingEnabled == true)
    // Version 1 has no second set: what follows it is another capability's.
    config.express(0x0141, device2: 1 << 5, control2: 1 << 5)
    #expect(config.capabilities()?.express.value?.isARIForwardingSupported == false)
    config.express(0x0052, device2: 1 << 5)
    #expect(config.capabilities()?.express.value?.isARIForwardingSupported == nil)
  }

  @Test func noLinkIsNotALinkOfZeroLanes() {
    var config = PCIConfig()
    // A virtual function: LnkSta reads 0.
    config.express(0x0002, link: 0x0047_7105, status: 0)
    #expect(config.capabilities()?.express.value?.link?.width == nil)
    #expect(config.capabilities()?.express.value?.link?.speedMTps == nil)
    // Root complex integrated endpoint.
    config.express(0x0092, link: 0x0047_7105, status: 0x0105)
    #expect(config.capabilities()?.express.value?.link == nil)
    #expect(config.capabilities()?.express.value?.portType == .integratedEndpoint)
  }

  @Test func missingServicesAreTheOnesTheKernelWantsAndCouldHave() {
    for (both, missing): (UInt32, [String]) in [
      (0x001d_001f, []), (0x0000_001f, ["SrcValid", "ReqRedir", "CmpltRedir", "UpstreamFwd"]),
      (0x0000_0000, []), (0x0001_0005, ["ReqRedir"]), (0x0000_0062, []),
    ] {
      var config = PCIConfig()
      config.add(0x000d, at: 0x100, [both])
      let acs = config.capabilities()?.acs.value
      #expect(acs.map { ACSCapability.services($0.missing) } == missing)
    }
  }

  @Test func translationServicesAreDecoded() {
    var config = PCIConfig()
    config.add(0x000e, at: 0x100, next: 0x110, [0x0000_0100])
    config.add(0x000f, at: 0x110, next: 0x120, [0x8000_0060])
    config.add(0x0013, at: 0x120, next: 0x130, [0x0100_0001, 0x20, 0x10])
    config.add(0x001b, at: 0x130, [0x0001_1406])
    let all = config.capabilities()
    #expect(all?.ari.value?.nextFunction == 1)
    #expect(all?.ats.value?.isEnabled == true)
    #expect(all?.ats.value?.invalidateQueueDepth == 32)
    #expect(all?.ats.value?.smallestTranslationUnit == 0)
    #expect(all?.pri.value?.isEnabled == true)
    #expect(all?.pri.value?.capacity == 0x20)
    #expect(all?.pri.value?.allocation == 0x10)
    #expect(all?.pasid.value?.width == 20)
    #expect(all?.pasid.value?.isEnabled == true)
    #expect(all?.pasid.value?.isExecuteSupported == true)
    #expect(all?.acs == .absent)
  }

  @Test func resizableBARsTellTheirSizes() {
    var config = PCIConfig()
    // Two entries: BAR0 of 256 MiB, 256 MiB to 1 GiB; BAR2 of 32 MiB, and 2^48 bytes by the control's own bits.
    config.add(0x0015, at: 0x100, next: 0x140, [0x0000_7000, 0x0000_0840, 0x0000_0200, 0x0001_0502])
    config.add(0x0024, at: 0x140, [0x0000_0010, 0x0000_0024])
    let all = config.capabilities()
    #expect(all?.resizableBARs.value?.map(\.index) == [0, 2])
    #expect(all?.resizableBARs.value?.map(\.bytes) == [256 << 20, 32 << 20])
    #expect(
      all?.resizableBARs.value?.map(\.supportedBytes) == [
        [256 << 20, 512 << 20, 1 << 30], [32 << 20, 1 << 48],
      ])
    #expect(all?.vfResizableBARs.value?.map(\.index) == [4])
    #expect(all?.vfResizableBARs.value?.map(\.bytes) == [1 << 20])
  }

  @Test(arguments: [0x0000_0800, 0x0000_08e0, 0x0000_0827] as [UInt32])
  func resizableBARsThatCannotBeAreNotKnown(_ control: UInt32) {
    var config = PCIConfig()
    // No entry; seven; BAR7.
    config.add(0x0015, at: 0x100, [0x0000_7000, control])
    #expect(config.capabilities()?.resizableBARs.isPresent == nil)
  }

  @Test func confidentialIOIsDecoded() {
    var config = PCIConfig()
    config.add(0x002e, at: 0x100, next: 0x120, [1])
    config.add(0x002e, at: 0x120, next: 0x140, [0])
    // Selective streams, IDE_KM, three of them, TEE-limited; then link streams on two traffic classes alone.
    config.add(0x0030, at: 0x140, [0x0102_0042])
    #expect(config.capabilities()?.doe.value?.map(\.isInterruptSupported) == [true, false])
    #expect(config.capabilities()?.ide.value?.selectiveStreams == 3)
    #expect(config.capabilities()?.ide.value?.linkStreams == 0)
    #expect(config.capabilities()?.ide.value?.isTEELimitedStreamSupported == true)
    config.add(0x0030, at: 0x140, [0x0002_2001])
    #expect(config.capabilities()?.ide.value?.selectiveStreams == 0)
    #expect(config.capabilities()?.ide.value?.linkStreams == 2)
  }

  @Test func everyVendorsCapabilityIsListed() {
    var config = PCIConfig()
    config.add(0x0023, at: 0x100, next: 0x140, [0x0381_1e98, 0])
    config.add(0x0023, at: 0x140, next: 0x160, [0x0181_1e98, 7])
    config.add(0x0023, at: 0x160, [0x0240_10de, 0])
    let found = config.capabilities()?.dvsec.value?.map {
      "\(digits($0.vendor, width: 4)) \($0.id) \($0.revision) \($0.length)"
    }
    #expect(found == ["1e98 0 1 56", "1e98 7 1 24", "10de 0 0 36"])
  }

  @Test func resetIsEitherCapabilitys() {
    var config = PCIConfig()
    config.express(0x0002)
    #expect(config.capabilities()?.canFunctionLevelReset == false)
    // Advanced Features at 80h: TP and FLR.
    config.bytes[0x41] = 0x80
    config.bytes.replaceSubrange(0x80..<0x84, with: [0x13, 0x00, 0x06, 0x03])
    #expect(config.capabilities()?.canFunctionLevelReset == true)
    config.bytes[0x83] = 0x02
    #expect(config.capabilities()?.canFunctionLevelReset == false)
  }

  @Test func conventionalPCIHasNone() {
    var config = PCIConfig()
    config.bytes[0x40] = 0x05
    let all = config.capabilities(first: 256)
    #expect(all?.express == .absent)
    #expect(all?.acs == .absent)
    #expect(all?.dvsec == .absent)
    #expect(all?.isTEEIOSupported == false)
    #expect(all?.canFunctionLevelReset == false)
  }
}

/// What was not handed out is not known, and nothing is made up.
@Suite struct PCICapabilityLossTests {
  /// One of every kind.
  private var config: PCIConfig {
    var config = PCIConfig()
    config.express(0x0002, device: 0x5000_8fe3, link: 0x0047_7105, status: 0x0105)
    let all: [(UInt16, [UInt32])] = [
      (0x000d, [0x001d_001f]), (0x000e, [0]), (0x000f, [0]), (0x0013, [0, 1, 1]), (0x001b, [0x1400]),
      (0x0015, [0x7000, 0x0820]), (0x0024, [0x7000, 0x0820]), (0x002e, [0]), (0x0030, [2]),
      (0x0023, [0x0241_10de, 0]),
    ]
    for (index, (id, registers)) in all.enumerated() {
      let offset = 0x100 + 0x40 * index
      config.add(id, at: offset, next: index + 1 < all.count ? offset + 0x40 : 0, registers)
    }
    return config
  }

  private func presence(_ all: FunctionCapabilities) -> [Bool?] {
    [
      all.acs.isPresent, all.ari.isPresent, all.ats.isPresent, all.pri.isPresent, all.pasid.isPresent,
      all.resizableBARs.isPresent, all.vfResizableBARs.isPresent, all.doe.isPresent, all.ide.isPresent,
      all.dvsec.isPresent,
    ]
  }

  @Test func headerAloneTellsNothing() throws {
    let all = try #require(config.capabilities(first: 64))
    #expect(all.express == .unknown("only 64 bytes of configuration space"))
    #expect(presence(all) == Array(repeating: nil, count: 10))
    #expect(all.canFunctionLevelReset == nil)
    #expect(all.isTEEIOSupported == nil)
  }

  @Test func halfOfItTellsTheStandardOnes() throws {
    let all = try #require(config.capabilities(first: 256))
    #expect(all.express.value?.link?.width == 16)
    #expect(presence(all) == Array(repeating: nil, count: 10))
  }

  @Test func everyCutLeavesWhatIsWholeAndUnknowns() throws {
    let whole = try #require(config.capabilities())
    #expect(presence(whole) == Array(repeating: true, count: 10))
    for count in 64..<0x400 {
      let cut = try #require(config.capabilities(first: count))
      #expect(!presence(cut).contains(false), "\(count) bytes")
      #expect(cut.express.isPresent != false)
      #expect(cut.acs.value == nil || cut.acs == whole.acs)
      #expect(cut.dvsec.value == nil || cut.dvsec == whole.dvsec)
      #expect(cut.resizableBARs.value == nil || cut.resizableBARs == whole.resizableBARs)
    }
  }

  @Test func brokenListKeepsWhatCameBefore() throws {
    var broken = config
    // ARI's next: 40h, which is no place for an extended capability.
    broken.put(dword: 0x000e | 1 << 16 | 0x040 << 20, at: 0x140)
    let all = try #require(broken.capabilities())
    #expect(all.acs.isPresent == true)
    #expect(all.ats == .unknown("the extended capability list is broken"))
    #expect(all.doe == .unknown("the extended capability list is broken"))
    // Back to the first: nothing is counted twice.
    broken.put(dword: 0x002e | 1 << 16 | 0x100 << 20, at: 0x2c0)
    broken.put(dword: 0x000e | 1 << 16 | 0x2c0 << 20, at: 0x140)
    #expect(
      broken.capabilities()?.doe == .unknown("the extended capability list does not end"))
  }

  @Test func allOnesIsNobody() {
    var config = config
    config.bytes = [UInt8](repeating: 0xff, count: 4096)
    #expect(config.capabilities() == nil)
  }

  @Test func registersOfAllOnesAreNobodysAnswer() throws {
    var config = config
    for offset in 0x104..<0x140 { config.bytes[offset] = 0xff }
    for offset in 0x42..<0x7c { config.bytes[offset] = 0xff }
    let all = try #require(config.capabilities())
    #expect(all.acs.isPresent == nil)
    #expect(all.express.isPresent == nil)
    #expect(all.isTEEIOSupported == nil)
  }

  @Test func noiseIsDecodedToAnEnd() {
    var state: UInt64 = 3
    for size in [64, 100, 256, 300, 4096] {
      for _ in 0..<300 {
        var config = PCIConfig()
        config.bytes = (0..<size).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return UInt8(truncatingIfNeeded: state >> 33)
        }
        // A list, and PCI Express on it.
        (config.bytes[6], config.bytes[0x34]) = (0x10, 0x40)
        if size > 0x40 { config.bytes[0x40] = 0x10 }
        #expect(config.capabilities() != nil)
      }
    }
  }
}
