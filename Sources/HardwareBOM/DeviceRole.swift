// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// What a PCI function is for, by its class, and who made it.
struct DeviceRole: Sendable {
  let word, title: String
  /// Six digits; `nil`: not known.
  let code: String?
  /// `nil`: not one of the makers whose devices servers have.
  let maker: String?

  /// Source: PCI Code and ID Assignment 1.16, chapter 1.
  private static let byClass: [UInt32: (word: String, title: String)] = [
    0x01: ("storage controller", "storage controller"), 0x02: ("network controller", "network controller"),
    0x03: ("gpu", "display controller"), 0x04: ("multimedia device", "multimedia device"),
    0x05: ("memory controller", "memory controller"), 0x06: ("bridge", "bridge"),
    0x07: ("communication controller", "communication controller"),
    0x08: ("system peripheral", "system peripheral"),
    0x0b: ("co-processor", "co-processor"), 0x0c: ("serial bus controller", "serial bus controller"),
    0x10: ("encryption controller", "encryption controller"),
    0x11: ("signal processing controller", "signal processor"),
    0x12: ("accelerator", "processing accelerator"), 0x13: ("instrumentation", "instrumentation"),
  ]

  /// Source: pci-ids.ucw.cz.
  private static let makers: [UInt16: String] = [
    0x1002: "AMD", 0x1022: "AMD", 0x10de: "NVIDIA", 0x8086: "Intel", 0x15b3: "NVIDIA (Mellanox)",
    0x14e4: "Broadcom",
    0x1000: "Broadcom (LSI)", 0x144d: "Samsung", 0x1344: "Micron", 0x1e0f: "KIOXIA",
    0x1b96: "Western Digital",
    0x1c5c: "SK hynix", 0x1b4b: "Marvell", 0x177d: "Marvell (Cavium)", 0x19e5: "Huawei",
    0x10ee: "AMD (Xilinx)",
    0x1da3: "Habana Labs", 0x1dd8: "AMD (Pensando)", 0x1a03: "ASPEED", 0x9005: "Microchip (Adaptec)",
    0x1af4: "Red Hat (virtio)", 0x1b36: "Red Hat (QEMU)", 0x1234: "QEMU",
  ]

  init(_ function: HardwareFunction) {
    let row = function.classCode.flatMap { Self.byClass[$0 >> 16] } ?? ("device", "PCI device")
    (word, title) = row
    code = function.classCode.map { digits($0, width: 6) }
    maker = function.vendor.flatMap { Self.makers[$0] }
  }
}
