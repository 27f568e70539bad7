// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let passthrough: [Reason] = [
    notAssignable, noReset, resetPowerManagementOnly, notResponding, directRegion, barNotAssigned,
    noIOMMUGroup,
    groupNotViable, groupForeignMembers, hostDriverBound, bootDisplay, vfioDenylisted, vfsEnabled,
    overrideMismatch,
    managementDisplay, suspended, numaUnknown, resetDisabled, vgpuTypeNotSet, vfioMissing,
    domainTooWide, guestTooNarrow, managedNo, fabricShared, resetReachesOthers,
  ]

  public static let notAssignable = Reason(
    "pci.not_assignable", .hardware, "bridges and system devices stay with the host",
    check: "lspci -s ADDRESS")
  public static let noReset = Reason(
    "pci.no_reset", .firmware, "update the device's firmware, or take one with function-level reset",
    check: "cat /sys/bus/pci/devices/ADDRESS/reset_method")
  public static let resetPowerManagementOnly = Reason(
    "pci.reset_weak", .none,
    "prefer a device with function-level reset: this one is reset through power management only",
    check: "cat /sys/bus/pci/devices/ADDRESS/reset_method")
  public static let resetReachesOthers = Reason(
    "pci.reset_reaches_others", .config,
    "give the slot's other functions to the same guest, or unbind them: the device is reset with all of them",
    check: "cat /sys/bus/pci/devices/ADDRESS/reset_method")
  public static let notResponding = Reason(
    "pci.not_responding", .reboot, "reboot, then reseat the card: its configuration space reads all ones",
    check: "lspci -xxx -s ADDRESS")
  public static let directRegion = Reason(
    "pci.direct_region", .bios,
    "BIOS: switch off the shared memory of the BMC or USB legacy support for this device, or use another slot",
    check: "cat /sys/bus/pci/devices/ADDRESS/iommu_group/reserved_regions")
  public static let barNotAssigned = Reason(
    "pci.bar_not_assigned", .bios,
    "BIOS: Above 4G Decoding: Enabled and a larger MMIO high size; trial: pci=realloc",
    check: "cat /sys/bus/pci/devices/ADDRESS/resource")
  public static let noIOMMUGroup = Reason(
    "pci.no_iommu_group", .hardware, "use another slot: the IOMMU does not translate this function",
    check: "ls -l /sys/bus/pci/devices/ADDRESS/iommu_group")
  public static let groupNotViable = Reason(
    "pci.group_not_viable", .config,
    "unbind the named member of the group from its host driver, or give it to vfio-pci",
    check: "ls /sys/bus/pci/devices/ADDRESS/iommu_group/devices")
  public static let groupForeignMembers = Reason(
    "pci.group_shared", .hardware,
    "use a slot behind a root port with ACS: devices of other slots share the group",
    check: "ls /sys/bus/pci/devices/ADDRESS/iommu_group/devices")
  public static let hostDriverBound = Reason(
    "pci.host_driver_bound", .config,
    "driverctl set-override ADDRESS vfio-pci (libvirt's managed='yes' does it at start)",
    check: "ls -l /sys/bus/pci/devices/ADDRESS/driver")
  public static let bootDisplay = Reason(
    "pci.boot_display", .reboot, "move the console to the management display, then reboot",
    check: "cat /sys/bus/pci/devices/ADDRESS/boot_vga")
  public static let managementDisplay = Reason(
    "pci.management_display", .hardware, "leave it: this is the board's management controller",
    check: "lspci -s ADDRESS")
  public static let vfioDenylisted = Reason(
    "pci.vfio_denylisted", .config, "load vfio_pci with disable_denylist=1 if its errata are acceptable",
    check: "cat /sys/module/vfio_pci/parameters/disable_denylist")
  public static let vfsEnabled = Reason(
    "pci.vfs_enabled", .config, "write 0 to sriov_numvfs first: a PF with VFs cannot be assigned",
    check: "cat /sys/bus/pci/devices/ADDRESS/sriov_numvfs")
  public static let overrideMismatch = Reason(
    "pci.override_mismatch", .config, "load the driver that driver_override names, or clear it",
    check: "cat /sys/bus/pci/devices/ADDRESS/driver_override")
  public static let suspended = Reason(
    "pci.suspended", .none, "run again with --wake: the function is suspended and was left asleep",
    check: "cat /sys/bus/pci/devices/ADDRESS/power/runtime_status")
  public static let numaUnknown = Reason(
    "pci.numa_unknown", .firmware, "update the BIOS: it does not say which NUMA node the device is on",
    check: "cat /sys/bus/pci/devices/ADDRESS/numa_node")
  public static let resetDisabled = Reason(
    "pci.reset_disabled", .config,
    "write default to reset_method: somebody switched the function's resets off",
    check: "cat /sys/bus/pci/devices/ADDRESS/reset_method")
  public static let vfioMissing = Reason(
    "pci.vfio_missing", .config,
    "install the kernel's package of extra modules, which has vfio-pci, or boot a kernel with CONFIG_VFIO_PCI",
    check: "modinfo vfio-pci")
  public static let domainTooWide = Reason(
    "pci.domain_too_wide", .bios,
    "BIOS: VMD: Disabled for this port, or another slot: Nova knows no PCI domain above FFFF",
    check: "lspci -D -s ADDRESS")
  public static let guestTooNarrow = Reason(
    "pci.guest_too_narrow", .none,
    "give guests with it the host's address width: hw:maxphysaddr_mode=passthrough in the flavor, <maxphysaddr mode='passthrough'/> in libvirt",
    check: "lspci -vv -s ADDRESS | grep Region")
  public static let managedNo = Reason(
    "pci.managed_no", .none,
    "give Nova's device_spec managed: no, and libvirt's hostdev managed='no', for this function",
    check: "cat /sys/bus/pci/devices/ADDRESS/nvidia/current_vgpu_type")
  public static let fabricShared = Reason(
    "pci.fabric_shared", .none,
    "hand out all GPUs and switches of the fabric together, or partition it with NVIDIA's fabric manager",
    check: "lspci -d 10de: -nn | grep 0680")
  public static let vgpuTypeNotSet = Reason(
    "pci.vgpu_type_not_set", .config, "write one of creatable_vgpu_types to current_vgpu_type",
    check: "cat /sys/bus/pci/devices/ADDRESS/nvidia/creatable_vgpu_types")
}
