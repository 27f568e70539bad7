// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CHost
import Evidence
import Glibc
import Tape
import Testing

@testable import LiveHost

/// Source: kernel include/uapi/asm-generic/fcntl.h.
private let O_PATH: Int32 = 0o10000000
private let missing = Answer.withheld("not in this copy")

@Suite struct RootHostTests {
  private let folder = TemporaryFolder()

  private func root() throws -> RootHost { try RootHost("\(folder.path)/host") }

  /// A root with every way out that a link can name, and a secret next to it.
  private func trap() {
    folder.put("secret", "outside")
    folder.put("host/inside", "inside")
    folder.put("host\(folder.path)/secret", "the same path, inside")
    folder.link("host/absolute", to: "\(folder.path)/secret")
    folder.link("host/relative", to: "../secret")
    folder.link("host/far", to: "../../../../../../../..\(folder.path)/secret")
    folder.link("host/up", to: "..")
    folder.link("host/loop", to: "loop")
    folder.link("host/there", to: "back")
    folder.link("host/back", to: "there")
    folder.link("host/slash", to: "/")
    folder.link("host/dangling", to: "nowhere")
    folder.link("host/d/e/f", to: "../../inside")
    folder.makeFolder("host/folder")
  }

  private let paths = [
    "/inside", "/absolute", "/relative", "/far", "/up/secret", "/up/up/inside", "/../secret", "/../inside",
    "/loop", "/there", "/slash/inside", "/slash/slash/../secret", "/dangling", "/d/e/f", "/d/e/f/",
    "/d//e/./f",
    "/folder", "/folder/", "/inside/", "/inside/x", "/folder/..", "/", "/.", "/nothing/../inside", "/up/",
    "/slash",
    "/" + String(repeating: "x", count: 256), "/" + String(repeating: "d/../", count: 700) + "inside",
    String(repeating: "/d/e/..", count: 400) + "/e/f", String(repeating: "/folder", count: 2000),
  ]

  @Test func noPathLeavesTheRoot() throws {
    trap()
    let host = try root()
    let inside = Answer.bytes(Array("the same path, inside".utf8))
    #expect(host.ask(.file("/inside")) == .bytes(Array("inside".utf8)))
    #expect(host.ask(.file("/absolute")) == inside)
    #expect(host.ask(.file("/far")) == inside)
    #expect(host.ask(.file("/relative")) == missing)
    #expect(host.ask(.file("/../secret")) == missing)
    #expect(host.ask(.file("/up/secret")) == missing)
    #expect(host.ask(.directory("/up")) == host.ask(.directory("/")))
    guard case .failed(ELOOP, _) = host.ask(.file("/loop")) else { Issue.record("a loop ended"); return }
    for path in paths {
      #expect(host.ask(.file(path)) != .bytes(Array("outside".utf8)), "\(path)")
    }
  }

  /// The walk of our own against the kernel's, by inode or by errno.
  @Test func theFallbackIsTheKernelsEqual() throws {
    trap()
    let place = unsafe open("\(folder.path)/host", O_PATH | O_DIRECTORY | O_CLOEXEC)
    defer { close(place) }
    for path in paths {
      for flags in [O_PATH, O_PATH | O_NOFOLLOW, O_RDONLY, O_RDONLY | O_NOFOLLOW, O_RDONLY | O_DIRECTORY] {
        let kernel = identity(unsafe chost_open_inside(place, path, flags))
        let walked = identity(unsafe chost_walk_inside(place, path, flags))
        #expect(kernel == walked, "\(path.prefix(80)), flags \(flags)")
      }
    }
  }

  private func identity(_ descriptor: Int32) -> [UInt64] {
    guard descriptor >= 0 else { return [UInt64(-descriptor)] }
    defer { close(descriptor) }
    var about = stat()
    unsafe fstat(descriptor, &about)
    return [UInt64(about.st_dev), UInt64(about.st_ino)]
  }

  @Test func aCopiedDeviceIsNeverOpened() throws {
    folder.makeFolder("host/sys")
    shell("mkfifo '\(folder.path)/host/sys/fifo'; mknod '\(folder.path)/host/sys/zero' c 1 5")
    let host = try root()
    for name in ["fifo", "zero"] where folder.names.contains("host") {
      switch host.ask(.file("/sys/\(name)")) {
      case .failed(EINVAL, _): break
      case missing: skip("only root can make a device node")
      case let other: Issue.record("\(name): \(other)")
      }
    }
  }

  @Test func aCopysSilenceSaysNothing() throws {
    folder.put("host/sys/bus/pci/devices/0000:01:00.0/vendor", "0x8086\n")
    folder.put("host/sys/bus/pci/devices/0000:01:00.0/config", "")
    folder.put("host/sys/bus/pci/devices/0000:02:00.0/config", [UInt8](repeating: 3, count: 64))
    let host = try root()
    #expect(host.origin().value == .tree)
    #expect(host.ask(.file("/proc/cmdline")) == missing)
    #expect(host.ask(.file("/sys/bus/pci/devices/0000:01:00.0/vendor/x")) == missing)
    #expect(host.ask(.directory("/sys/module")) == missing)
    #expect(host.ask(.link("/sys/bus/pci/devices/0000:01:00.0/driver")) == missing)
    #expect(
      host.ask(.pciConfig(PCIAddress(bus: 2, device: 0, function: 0)))
        == .bytes(Array(repeating: 3, count: 64)))
    #expect(host.ask(.pciConfig(PCIAddress(bus: 3, device: 0, function: 0))) == missing)
    guard case .failed = host.ask(.pciConfig(PCIAddress(bus: 1, device: 0, function: 0))) else {
      Issue.record("an empty file has no configuration space")
      return
    }
  }

  /// Nothing of the machine that runs the program gets into a copy's report.
  @Test func aCopyIsNotThisMachine() throws {
    folder.makeFolder("host/dev")
    shell("cp -a /dev/kvm /dev/cpu '\(folder.path)/host/dev/'")
    let host = try root()
    let questions: [Question] = [
      .cpuid(leaf: 0), .msr(0xc001_0010), .ioctl(.kvmGetAPIVersion), .ioctl(.snpPlatformStatus), .kernelLog,
      .privilege, .clock,
    ]
    for question in questions { #expect(host.ask(question) == missing, "\(question)") }
    guard case .withheld = host.ask(.libvirt(.capabilities)) else { Issue.record("libvirt"); return }
  }

  @Test func registersComeFromTheCopy() throws {
    folder.put(
      "host/cpuid.txt",
      """
      CPU 0:
         0x00000000 0x00: eax=0x00000010 ebx=0x68747541 ecx=0x444d4163 edx=0x69746e65
         0x8000001f 0x00: eax=0x0101fd3f ebx=0x00004173 ecx=0x000001fd edx=0x00000080

      """)
    folder.put("host/msr.json", #"{"0xc0010010": "0x0000000003f40000"}"#)
    let host = try root()
    let registers = host.read(.cpuid(leaf: 0x8000_001f), as: CPUIDRegisters.init).value
    #expect(registers == CPUIDRegisters(eax: 0x0101_fd3f, ebx: 0x4173, ecx: 0x1fd, edx: 0x80))
    #expect(host.ask(.cpuid(leaf: 1)) == missing)
    #expect(host.ask(.cpuid(leaf: 0, subleaf: 0, cpu: 1)) == missing)
    #expect(host.msr(0xc001_0010).value == 0x3f4_0000)
    #expect(host.ask(.msr(0xc001_0132)) == missing)
  }

  @Test func brokenRegisterFilesAreSaidToBeBroken() throws {
    folder.put("host/cpuid.txt", "CPU 0:\n   0x00000000 0x00: eax=nonsense\n")
    folder.put("host/msr.json", #"{"0xc0010010": 7}"#)
    let host = try root()
    let why = "cpuid.txt: line 2: not a leaf, a subleaf and four registers"
    #expect(host.ask(.cpuid(leaf: 0)) == .failed(code: 0, why))
    #expect(host.ask(.msr(0xc001_0010)) == .failed(code: 0, "msr.json: not an object of strings"))
  }

  @Test func aMountedRootIsAskedThroughItsOwnKernel() throws {
    let host = try RootHost("/")
    guard host.origin().value == .mount else { skip("/sys or /proc is not the kernel's here"); return }
    let live = LiveHost()
    for question: Question in [
      .file("/proc/sys/kernel/osrelease"), .directory("/sys/bus/pci/devices"), .privilege,
    ] {
      #expect(host.ask(question) == live.ask(question))
    }
    #expect(host.ask(.file("/proc/no-such-file")) == .absent)
    #expect(host.ask(.ioctl(.kvmGetAPIVersion)) == live.ask(.ioctl(.kvmGetAPIVersion)))
    #expect(host.ask(.ioctl(.snpPlatformStatus)) == live.ask(.ioctl(.snpPlatformStatus)))
  }

  @Test func aRootMustBeAFolder() {
    folder.put("file", "")
    #expect(throws: InputError("/no/such", "No such file or directory")) { try RootHost("/no/such") }
    #expect(throws: InputError("\(folder.path)/file", "Not a directory")) {
      try RootHost("\(folder.path)/file")
    }
  }
}
