// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The extra specs that Nova validates, all but traits and resource classes.
///
/// Source: the validators of Nova 31.3.1, 32.2.1, 33.0.2 and 34.0.0 as installed from PyPI; these and no others.
enum NovaExtraSpecs {
  /// Nova refuses a key that it does not know in one of these. In any other, and without a colon, it takes every key.
  static let namespaces = Set(
    keys.compactMap { $0.key.contains(":") ? String($0.key.prefix { $0 != ":" }) : nil } + [
      "resources", "trait",
    ])

  static let keys: [ExtraSpecKey] =
    hardware + topology + quota + capabilities + [
      ExtraSpecKey("accel:device_profile", .text),
      ExtraSpecKey("aggregate_instance_extra_specs:", .text, suffix: .anything),
      ExtraSpecKey("group_policy", .choice(["isolate", "none"])),
      ExtraSpecKey("hide_hypervisor_id", .boolean),
      ExtraSpecKey("hw_rng:allowed", .boolean),
      ExtraSpecKey("hw_rng:rate_bytes", .integer(from: 0)),
      ExtraSpecKey("hw_rng:rate_period", .integer(from: 0)),
      ExtraSpecKey("hw_video:ram_max_mb", .integer(from: 0)),
      ExtraSpecKey("os:secure_boot", .choice(["disabled", "required"])),
      // Its form is DeviceRules'.
      ExtraSpecKey("pci_passthrough:alias", .text),
      ExtraSpecKey("vmware:hw_version", .text), ExtraSpecKey("vmware:storage_policy", .text),
    ]

  private static let hardware: [ExtraSpecKey] =
    [
      "boot_menu", "hide_hypervisor_id", "locked_memory", "mem_encryption", "pmu", "vif_multiqueue_enabled",
      "virtio_packed_ring", "ephemeral_encryption",
    ].map { ExtraSpecKey("hw:\($0)", .boolean) } + [
      ExtraSpecKey("hw:ephemeral_encryption_format", .choice(["plain", "luks", "luksv2"])),
      ExtraSpecKey("hw:mem_encryption_model", .model, since: 32),
      ExtraSpecKey("hw:mem_page_size", .pageSize),
      ExtraSpecKey("hw:pci_numa_affinity_policy", .choice(["required", "preferred", "legacy", "socket"])),
      ExtraSpecKey("hw:pmem", .words),
      ExtraSpecKey("hw:redirected_usb_ports", .integer(from: 0, to: 15), since: 32),
      ExtraSpecKey("hw:serial_port_count", .integer(from: 0)),
      ExtraSpecKey(
        "hw:sound_model", .choice(["sb16", "es1370", "pcspk", "ac97", "ich6", "ich9", "usb", "virtio"]),
        since: 32),
      ExtraSpecKey("hw:tpm_model", .choice(["tpm-tis", "tpm-crb"])),
      ExtraSpecKey("hw:tpm_secret_security", .choice(["user", "host", "deployment"]), since: 33),
      ExtraSpecKey("hw:tpm_version", .choice(["1.2", "2.0"])),
      ExtraSpecKey("hw:usb_model", .choice(["none", "nec-xhci", "qemu-xhci"]), since: 32),
      ExtraSpecKey("hw:viommu_model", .choice(["intel", "smmuv3", "virtio", "auto"])),
      ExtraSpecKey("hw:watchdog_action", .choice(["none", "pause", "poweroff", "reset", "disabled"])),
    ]

  private static let topology: [ExtraSpecKey] =
    [
      "cpu_cores", "cpu_max_cores", "cpu_max_sockets", "cpu_max_threads", "cpu_sockets", "cpu_threads",
      "numa_nodes",
    ].map {
      ExtraSpecKey("hw:\($0)", .integer(from: 1))
    } + [
      ExtraSpecKey("hw:cpu_dedicated_mask", .processors),
      ExtraSpecKey("hw:cpu_policy", .choice(["dedicated", "shared", "mixed"])),
      ExtraSpecKey("hw:cpu_realtime", .boolean),
      ExtraSpecKey("hw:cpu_realtime_mask", .processors),
      ExtraSpecKey("hw:cpu_thread_policy", .choice(["prefer", "isolate", "require"])),
      ExtraSpecKey("hw:emulator_threads_policy", .choice(["isolate", "share"])),
      ExtraSpecKey("hw:numa_cpus.", .processors, suffix: .number),
      ExtraSpecKey("hw:numa_mem.", .integer(from: 1), suffix: .number),
    ]

  private static let quota: [ExtraSpecKey] =
    [
      "cpu_limit", "cpu_period", "cpu_shares", "cpu_shares_share", "disk_io_limit", "disk_io_shares_share",
      "disk_read_bytes_sec", "disk_read_iops_sec", "disk_total_bytes_sec", "disk_total_iops_sec",
      "disk_write_bytes_sec", "disk_write_iops_sec", "memory_limit", "memory_shares_share",
      "vif_inbound_average",
      "vif_inbound_burst", "vif_inbound_peak", "vif_limit", "vif_outbound_average", "vif_outbound_burst",
      "vif_outbound_peak", "vif_shares_share",
    ].map { ExtraSpecKey("quota:\($0)", .integer(from: 0)) }
    + ["cpu_quota", "cpu_reservation", "disk_io_reservation", "memory_reservation", "vif_reservation"].map {
      ExtraSpecKey("quota:\($0)", .integer(from: nil))
    }
    + ["cpu", "disk_io", "memory", "vif"].map {
      ExtraSpecKey("quota:\($0)_shares_level", .choice(["custom", "high", "normal", "low"]))
    }

  private static let capabilities: [ExtraSpecKey] =
    [
      "aggregates", "cell_uuid", "cpu_allocation_ratio", "current_workload", "disk_allocation_ratio",
      "disk_available_least", "disk_mb_used", "failed_builds", "free_disk_gb", "free_disk_mb", "free_ram_mb",
      "host",
      "host_ip", "hypervisor_hostname", "hypervisor_type", "hypervisor_version", "id", "local_gb",
      "local_gb_used",
      "mapped", "memory_mb", "memory_mb_used", "num_instances", "num_io_ops", "ram_allocation_ratio",
      "running_vms",
      "service_id", "total_usable_disk_gb", "total_usable_ram_mb", "updated", "uuid", "vcpus", "vcpus_total",
      "vcpus_used",
    ].map { ExtraSpecKey("capabilities:\($0)", .text) }
    + [
      "cpu_info", "instances", "limits", "metrics", "nodename", "numa_topology", "pci_device_pools",
      "pci_stats",
      "stats", "supported_hv_specs", "supported_instances",
    ].map { ExtraSpecKey("capabilities:\($0)", .text, suffix: .path) }

  /// Keys that Nova acts on though its validators refuse them: they work only where they are not validated.
  /// Source: Nova 31.3.1 and 34.0.0, nova/virt/libvirt/driver.py.
  static let unvalidated = ["hw:maxphysaddr_mode", "hw:maxphysaddr_bits"]

  /// Source: os-resource-classes 1.1.0, which all of 2025.1 to 2026.2 take.
  static let resourceClasses: Set<String> = [
    "DISK_GB", "FPGA", "IPV4_ADDRESS", "MEMORY_MB", "MEM_ENCRYPTION_CONTEXT", "NET_BW_EGR_KILOBIT_PER_SEC",
    "NET_BW_IGR_KILOBIT_PER_SEC", "NET_PACKET_RATE_EGR_KILOPACKET_PER_SEC",
    "NET_PACKET_RATE_IGR_KILOPACKET_PER_SEC", "NET_PACKET_RATE_KILOPACKET_PER_SEC", "NUMA_CORE",
    "NUMA_MEMORY_MB",
    "NUMA_SOCKET", "NUMA_THREAD", "PCI_DEVICE", "PCPU", "PGPU", "SRIOV_NET_VF", "VCPU", "VGPU",
    "VGPU_DISPLAY_HEAD",
  ]
}
