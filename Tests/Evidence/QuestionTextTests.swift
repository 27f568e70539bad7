// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@Suite struct QuestionTextTests {
  private static let samples: [(Question, String)] = [
    (.file("/proc/cmdline"), "file:/proc/cmdline"),
    (.file("/"), "file:/"),
    (.file("/a:b\n\"é"), "file:/a:b\n\"é"),
    (.directory("/sys/bus/pci/devices"), "dir:/sys/bus/pci/devices"),
    (.link("/sys/bus/pci/devices/0000:3b:00.0/driver"), "link:/sys/bus/pci/devices/0000:3b:00.0/driver"),
    (.cpuid(leaf: 0x8000_001f), "cpuid:0x8000001f/0x0@0"),
    (.cpuid(leaf: 0xd, subleaf: 0x3f, cpu: 191), "cpuid:0x0000000d/0x3f@191"),
    (.msr(0xc001_0010, cpu: 3), "msr:0xc0010010@3"),
    (.pciConfig(PCIAddress(domain: 0x10000, bus: 0xe1, device: 0x1f, function: 7)), "pci:10000:e1:1f.7"),
    (.ioctl(.kvmGetAPIVersion), "ioctl:KVM_GET_API_VERSION"),
    (.ioctl(.kvmCheckExtension(235)), "ioctl:KVM_CHECK_EXTENSION(235)"),
    (.ioctl(.sevPlatformStatus), "ioctl:SEV_PLATFORM_STATUS"),
    (.ioctl(.snpPlatformStatus), "ioctl:SNP_PLATFORM_STATUS"),
    (.libvirt(.capabilities), "libvirt:capabilities"),
    (.libvirt(.domainCapabilities), "libvirt:domain-capabilities"),
    (.kernelLog, "kernel-log"), (.privilege, "privilege"), (.clock, "clock"), (.origin, "origin"),
  ]

  @Test(arguments: samples)
  func everyKindHasOneText(question: Question, text: String) {
    #expect(question.description == text)
    #expect(Question(text) == question)
  }

  @Test func anyNumbersReadBack() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let cpu = Int.random(in: 0 ... .max, using: &generator)
      let (one, other) = (
        UInt32.random(in: 0 ... .max, using: &generator), UInt32.random(in: 0 ... .max, using: &generator)
      )
      let address = PCIAddress(
        domain: one, bus: UInt8(other & 0xff), device: UInt8(other >> 8 & 31),
        function: UInt8(other >> 13 & 7))
      for question in [
        Question.cpuid(leaf: one, subleaf: other, cpu: cpu), .msr(one, cpu: cpu), .pciConfig(address),
        .ioctl(.kvmCheckExtension(one)),
      ] { #expect(Question(question.description) == question) }
    }
  }

  /// One question, one text: else a tape could answer it twice.
  @Test(arguments: [
    "", ":", "file:", "file:proc", "dir:", "link:x", "cpuid:", "cpuid:1/0@0", "cpuid:0x1/0x0@0",
    "cpuid:0x00000001/0x00@0",
    "cpuid:0x00000001/0x0@-1", "cpuid:0x00000001/0x0@00", "cpuid:0x00000001/0x0@+0", "cpuid:0x+0000001/0x0@0",
    "cpuid:0x00000001@0",
    "cpuid:0x00000001/0x0/0x0@0", "cpuid:0x0000000A/0x0@0", "cpuid:0x100000000/0x0@0", "msr:0xc0010010",
    "msr:c0010010@0", "msr:0x10@0",
    "pci:3b:00.0", "pci:0000:3B:00.0", "pci:00000000:3b:00.0", "ioctl:", "ioctl:KVM_CHECK_EXTENSION()",
    "ioctl:KVM_CHECK_EXTENSION(+1)",
    "ioctl:KVM_CHECK_EXTENSION(01)", "ioctl:KVM_RUN", "libvirt:", "libvirt:secret", "kernel-log:", "Clock",
    "clock ", "file :/a",
  ])
  func anyOtherTextIsRefused(text: String) {
    #expect(Question(text) == nil)
  }

  @Test func whatMayWakeOrHangIsKnownBeforeItIsAsked() {
    let address = PCIAddress(bus: 0x3b, device: 0, function: 0)
    #expect(Question.pciConfig(address).hazard == .wakesDevice(address))
    #expect(
      Question.file("/sys/bus/pci/devices/0000:3b:00.0/current_link_speed").hazard == .wakesDevice(address))
    #expect(Question.file("/sys/bus/pci/devices/0000:3b:00.0/max_link_width").hazard == .wakesDevice(address))
    #expect(Question.file("/sys/bus/pci/devices/0000:3b:00.0/vendor").hazard == .none)
    #expect(Question.file("current_link_speed").hazard == .none)
    #expect(Question.libvirt(.capabilities).hazard == .mayHang)
    #expect(Question.ioctl(.snpPlatformStatus).hazard == .mayHang)
    #expect(Question.ioctl(.kvmGetAPIVersion).hazard == .none)
  }
}
