// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import HostModel
import ProbeAccelerators
import Tape
import Testing

/// Virtual functions of a real A2 and a real L40S, as harvester/pcidevices keeps them.
@Suite struct AcceleratorFixtureTests {
  static let archive = "corpus/raw/harvester/gpuhelper_sys.tar.gz"

  /// The copied parts of two hosts as one: the A2's VF where the kernel has it, and who the L40S's VF is, which the copy lacks.
  private func unpack() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hostcap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let archive = "\(SharedMaterial.folder)/\(Self.archive)"
    _ = try SharedMaterial.run(["tar", "xzf", archive, "-C", folder.path, "--strip-components=4"])
    let devices = folder.appending(path: "sys/bus/pci/devices")
    try FileManager.default.moveItem(
      at: folder.appending(path: "sys/class/mdev_bus/0000:08:01.7"),
      to: devices.appending(path: "0000:08:01.7"))
    try "DRIVER=nvidia\nPCI_CLASS=30200\nPCI_ID=10DE:26B9\n".write(
      to: devices.appending(path: "0000:26:00.4/uevent"), atomically: true, encoding: .utf8)
    return folder.path
  }

  @Test func realVGPUsAreRead() throws {
    guard SharedMaterial.has(Self.archive) else { return }
    let folder = try unpack()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let host = PCITreeHost(folder)
    let found = AcceleratorsProbe.examine(host).accelerators
    #expect(found.map(\.address.description) == ["0000:08:01.7", "0000:26:00.4"])
    let a2 = try #require(found.first), l40s = try #require(found.last)
    #expect(a2.sharing == .mdev)
    let type = a2.vgpuTypes.first { $0.id == "nvidia-742" }
    #expect(type?.name == "NVIDIA A2-1B")
    #expect(a2.vgpuTypes.allSatisfy { $0.name?.hasPrefix("NVIDIA A2-") == true && $0.available != nil })
    #expect(a2.vgpuTypes.count > 5)
    #expect(l40s.sharing == .vendorVFIO)
    #expect(l40s.virtualGPUs.map(\.address.description) == ["0000:26:00.4"])
    #expect(l40s.vgpuTypes.contains { $0.id == "1145" && $0.name == "NVIDIA L40S-1B" })
    // What a tape keeps is enough to say the same.
    #expect(AcceleratorsProbe.examine(Redactor(host)).accelerators == found)
  }
}
