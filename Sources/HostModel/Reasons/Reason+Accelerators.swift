// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let accelerators: [Reason] = [
    noConfidentialSilicon, deviceUnclassified, hostTEEOff, ccModeOfDriver, ccModeUnseen, variantDriverMissing,
  ]

  public static let noConfidentialSilicon = Reason(
    "pci.no_confidential_silicon", .hardware,
    "take a GPU with confidential computing: NVIDIA's have it from Hopper on",
    check: "lspci -nn -s ADDRESS")
  public static let deviceUnclassified = Reason(
    "pci.unclassified", .none, "report the vendor and device id: the device table does not tell",
    check: "lspci -nn -s ADDRESS")
  public static let hostTEEOff = Reason(
    "pci.host_tee_off", .config,
    "bring up the host's confidential guests first: hostcap explain amd.sev-snp, or intel.tdx",
    check: "grep . /sys/module/kvm_amd/parameters/sev_snp /sys/module/kvm_intel/parameters/tdx")
  public static let ccModeOfDriver = Reason(
    "pci.cc_mode_of_driver", .none, "ask NVIDIA's driver: only it can see the mode while it holds the GPU",
    check: "nvidia-smi conf-compute -f")
  public static let ccModeUnseen = Reason(
    "pci.cc_mode_unseen", .none,
    "while no guest has the GPU, ask NVIDIA's gpu-admin-tools, which wake it and map its registers; hostcap does not",
    check: "nvidia_gpu_tools.py --gpu-bdf=ADDRESS --query-cc-mode")
  public static let variantDriverMissing = Reason(
    "pci.variant_driver_missing", .config,
    "load and bind the variant driver named here: with plain vfio-pci live migration, or on Grace the GPU's memory, is lost",
    check: "lspci -k -s ADDRESS")
}
