// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  /// The five ways in which virtual functions fail, kept apart, and what is not SR-IOV's doing.
  static let sriov: [Reason] = [
    sriovNotSupported, sriovOffInFirmware, sriovCappedByDriver, sriovNoMMIO, sriovNoBusNumbers, sriovNoMSIX,
    sriovNoDriver, sriovHiddenByKernel,
  ]

  public static let sriovNotSupported = Reason(
    "sriov.not_supported", .hardware, "take a device with the SR-IOV capability",
    check: "lspci -vvv -s ADDRESS")
  public static let sriovOffInFirmware = Reason(
    "sriov.off_in_firmware", .bios,
    "BIOS or device firmware: SR-IOV: Enabled (NVIDIA networking: mlxconfig set SRIOV_EN=1 NUM_OF_VFS=n)",
    check: "lspci -vvv -s ADDRESS | grep -A3 SR-IOV")
  public static let sriovCappedByDriver = Reason(
    "sriov.capped_by_driver", .config,
    "raise the driver's own limit of VFs, or bind another driver to the PF",
    check: "cat /sys/bus/pci/devices/ADDRESS/sriov_totalvfs")
  public static let sriovNoMMIO = Reason(
    "sriov.no_mmio", .bios,
    "BIOS: Above 4G Decoding: Enabled and a larger MMIO high size; trial: pci=realloc",
    check: "dmesg | grep 'not enough MMIO resources'")
  public static let sriovNoBusNumbers = Reason(
    "sriov.no_bus_numbers", .bios, "BIOS: ARI Forwarding: Enabled; trial: pci=assign-busses",
    check: "cat /sys/bus/pci/devices/ADDRESS/ari_enabled")
  public static let sriovNoMSIX = Reason(
    "sriov.no_msix", .config,
    "lower the number of VFs or of queues a VF: the PF driver ran out of MSI-X vectors",
    check: "cat /sys/bus/pci/devices/ADDRESS/sriov_vf_total_msix")
  public static let sriovNoDriver = Reason(
    "sriov.no_driver", .config, "bind the PF's driver (or pci-pf-stub): without one VFs cannot be enabled",
    check: "ls -l /sys/bus/pci/devices/ADDRESS/driver")
  public static let sriovHiddenByKernel = Reason(
    "sriov.hidden_by_kernel", .reboot,
    "boot a kernel with CONFIG_PCI_IOV; if it has it, the kernel log says why it rejected the capability",
    check: "dmesg | grep ADDRESS")
}
