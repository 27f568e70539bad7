// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What hypervisors emulate, by vendor and device id. Source: QEMU hw/display and hw/net; kernel drivers/gpu/drm/{tiny,vmwgfx,
/// vboxvideo,hyperv} and drivers/net/{vmxnet3,ethernet/google}, their pci_device_id tables; pci.ids.
enum EmulatedDevice {
  private static let virtio: UInt16 = 0x1af4

  static func isDisplay(_ vendor: UInt16, _ device: UInt16) -> Bool {
    vendor == virtio || displays[vendor]?.contains(device) == true
  }

  static func isNetwork(_ vendor: UInt16, _ device: UInt16) -> Bool {
    vendor == virtio || networks[vendor]?.contains(device) == true
  }

  private static let displays: [UInt16: Set<UInt16>] = [
    // Cirrus, Bochs and QEMU's standard VGA, QXL, VMware SVGA, VirtualBox, Hyper-V, Parallels, QEMU's ati-vga.
    0x1013: [0x00b8], 0x1234: [0x1111], 0x1b36: [0x0100], 0x15ad: [0x0405, 0x0406, 0x0710],
    0x80ee: [0xbeef], 0x1414: [0x5353], 0x1ab8: [0x4005], 0x1002: [0x5046, 0x5159],
  ]

  private static let networks: [UInt16: Set<UInt16>] = [
    // e1000, e1000e, igb and eepro100 of QEMU, rtl8139 and ne2k_pci, pcnet, vmxnet3, gVNIC.
    0x8086: [0x1004, 0x100e, 0x100f, 0x10d3, 0x10c9, 0x1209, 0x1229], 0x10ec: [0x8029, 0x8139],
    0x1022: [0x2000], 0x15ad: [0x0720, 0x07b0], 0x1ae0: [0x0042],
  ]
}
