// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let iommu: [Reason] = [
    iommuNotActive, iommuNotEnabledByKernel, interruptRemappingOff, unsafeInterrupts, noIOMMUMode,
    isolationOverridden,
    iommuOptionWithoutEffect, translationNarrow,
  ]

  public static let iommuNotActive = Reason(
    "iommu.not_active", .reboot,
    "boot a kernel with IOMMU support and without an option that switches it off",
    check: "ls /sys/kernel/iommu_groups")
  public static let iommuNotEnabledByKernel = Reason(
    "iommu.intel_iommu_not_on", .reboot, "add intel_iommu=on to the kernel command line",
    check: "cat /proc/cmdline")
  public static let interruptRemappingOff = Reason(
    "iommu.interrupt_remapping_off", .bios,
    "BIOS: x2APIC and interrupt remapping: Enabled; remove intremap=off",
    check: "dmesg | grep -i remapping")
  public static let unsafeInterrupts = Reason(
    "iommu.unsafe_interrupts", .config, "load vfio_iommu_type1 without allow_unsafe_interrupts=1",
    check: "cat /sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts")
  public static let noIOMMUMode = Reason(
    "iommu.noiommu_mode", .config, "load vfio without enable_unsafe_noiommu_mode=1 and switch the IOMMU on",
    check: "cat /sys/module/vfio/parameters/enable_unsafe_noiommu_mode")
  public static let isolationOverridden = Reason(
    "iommu.isolation_overridden", .reboot,
    "remove pcie_acs_override=, pci=disable_acs_redir= and pci=config_acs= from the kernel command line",
    check: "cat /proc/cmdline")
  public static let iommuOptionWithoutEffect = Reason(
    "iommu.option_without_effect", .none,
    "drop amd_iommu=on: the kernel does not know it, and AMD-Vi is on by default",
    check: "dmesg | grep 'AMD-Vi: Unknown option'")
  public static let translationNarrow = Reason(
    "iommu.translation_narrow", .none,
    "give guests with devices no more address bits than the IOMMU has: hw:maxphysaddr_mode=emulate and hw:maxphysaddr_bits=39 in the flavor",
    check: "cat /sys/class/iommu/dmar*/intel-iommu/cap")
}
