// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Glibc
import LiveHost
import Tape
import Testing

/// A synthetic host's tree, as the shared generator writes it, against the files themselves.
@Suite struct GeneratedTreeTests {
  private let folder = TemporaryFolder()

  private func tree() throws -> RootHost? {
    let repository = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let shared =
      unsafe getenv("HOSTCAP_SHARED").map { unsafe String(cString: $0) } ?? "/\(repository)/../shared"
    let generator = "\(shared)/tools/gen_host.py"
    guard unsafe access(generator, R_OK) == 0 else {
      skip("no \(generator)")
      return nil
    }
    let made = shell("python3 '\(generator)' '\(folder.path)/host' --pfs 2 --vfs 4 --cpu milan")
    guard made.status == 0 else {
      skip("the generator ended with \(made.status)")
      return nil
    }
    return try RootHost("\(folder.path)/host")
  }

  @Test func everyFunctionsConfigurationSpaceIsItsFile() throws {
    guard let host = try tree() else { return }
    let names = try #require(host.names(in: "/sys/bus/pci/devices").value)
    #expect(names.count > 10)
    for name in names {
      let address = try #require(PCIAddress(name))
      let file = "\(folder.path)/host/sys/bus/pci/devices/\(name)/config"
      #expect(host.ask(.pciConfig(address)) == .bytes(try InputFile.read(file, limit: 4096)))
    }
  }

  @Test func registersAreThoseOfTheTreeAndNotOfThisMachine() throws {
    guard let host = try tree() else { return }
    #expect(host.origin().value == .tree)
    // The generator's table of processors: Milan's Fn8000_001F, and SYSCFG with memory encryption and SNP on.
    let encryption = CPUIDRegisters(eax: 0x0101_fd3f, ebx: 0x4173, ecx: 0x1fd, edx: 0x80)
    #expect(host.cpuid(0x8000_001f).value == encryption)
    #expect(host.cpuid(0x8000_0024).isAbsent)
    #expect(host.msr(0xc001_0010).value == 0x03f4_0000)
    #expect(host.ask(.msr(0x10)) == .withheld("not in this copy"))
    #expect(host.ask(.cpuid(leaf: 7)) == .withheld("not in this copy"))
  }

  @Test func linksAndFoldersAreThoseOfTheTree() throws {
    guard let host = try tree() else { return }
    let names = try #require(host.names(in: "/sys/bus/pci/devices").value)
    #expect(names == names.sorted())
    let groups = names.filter { host.linkName("/sys/bus/pci/devices/\($0)/iommu_group").value != nil }
    #expect(!groups.isEmpty)
    for name in names {
      let target = "../../../\(name)"
      if case .bytes(let bytes) = host.ask(.link("/sys/bus/pci/devices/\(name)")) {
        #expect(text(bytes[...]).hasSuffix(target.suffix(12)))
      } else {
        Issue.record("\(name) is no link")
      }
    }
  }
}
