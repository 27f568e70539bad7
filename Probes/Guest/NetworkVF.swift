// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Ids that network cards' virtual functions have and nothing else has, by vendor.
///
/// Cards that are not here are not denied: their functions may be virtual ones.
enum NetworkVF {
  /// Source: pci.ids, "Virtual Function" or "VF" in the device's name, where its class is networking.
  static let ids: [UInt16: Set<UInt16>] = [
    // QLogic FastLinQ and 8300; Emulex Skyhawk.
    0x1077: [0x1664, 0x8090, 0x8430], 0x10df: [0x0728],
    // Cisco VIC.
    0x1137: [0x0071],
    // Microsoft MANA. Source: kernel drivers/net/ethernet/microsoft/mana/gdma_main.c, MANA_PF and MANA_VF.
    0x1414: [0x00ba],
    // Broadcom NetXtreme II, NetXtreme-E and NetXtreme-C.
    0x14e4: [
      0x1609, 0x163f, 0x166f, 0x16a9, 0x16ad, 0x16af, 0x16cb, 0x16d3, 0x16dc, 0x16e1, 0x1806, 0x1808,
    ],
    // ConnectX-2 to ConnectX-8, Connect-IB and BlueField.
    0x15b3: [0x1002, 0x1004, 0x1012, 0x1014, 0x1016, 0x1018, 0x101a, 0x101c, 0x101e, 0xa2d3],
    // Marvell (Cavium) ThunderX and OCTEON.
    0x177d: [0xa034, 0xa064],
    // Solarflare.
    0x1924: [0x1803, 0x1813, 0x1903, 0x1923, 0x1a03, 0x1b03],
    // Huawei Hi1822 and HNS.
    0x19e5: [0x375e, 0x375f, 0x379e, 0x379f, 0xa22e, 0xa22f],
    // Amazon ENA. Source: kernel drivers/net/ethernet/amazon/ena/ena_pci_id_tbl.h, the two of VFs.
    0x1d0f: [0xec20, 0xec21],
    // Pensando DSC.
    0x1dd8: [0x1003],
    // Intel: igbvf, ixgbevf, iavf; fm10k and idpf. Source also: the pci_device_id tables of these drivers.
    0x8086: [
      0x0dd5, 0x10ca, 0x10ed, 0x145c, 0x1515, 0x1520, 0x152e, 0x152f, 0x1530, 0x154c, 0x1564, 0x1565, 0x1571,
      0x15a5, 0x15a8, 0x15a9, 0x15b4, 0x15c5, 0x1889, 0x37cd, 0x37d9,
    ],
    // Wangxun.
    0x8088: [0x0111, 0x0113, 0x0115, 0x0117, 0x0119, 0x011a, 0x011b, 0x1000, 0x2000],
  ]
}
