# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""What the machines are made of."""

PROVIDERS = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel", "ivy", "juniper", "katsura", "larch",
             "maple", "nutmeg-1", "oak", "poplar"]
REGIONS = ["north", "south-1", "x2"]


class Platform:
    """A processor with the capabilities of its maker's, the boards it comes on and its share of the world."""

    def __init__(self, weight, vendor, codename, brand, boards, able, unable=(), fillers=(16, 32)):
        self.weight, self.vendor, self.codename, self.brand = weight, vendor, codename, brand
        self.boards, self.able, self.unable, self.fillers = boards, able, dict(unable), fillers


SEV = ["amd.sme", "amd.sev", "amd.tsme", "iommu"]
H12, R7525, DL385 = ("Supermicro", "AS-1024US-TRT"), ("Dell Inc.", "PowerEdge R7525"), ("HPE", "ProLiant DL385 Gen11")
R760, THINK = ("Dell Inc.", "PowerEdge R760"), ("Lenovo", "ThinkSystem SR650 V3")
NO_ES = {"amd.sev-es": "hardware.no_sev_es", "amd.sev-snp": "hardware.no_sev_snp"}
PLATFORMS = [
    Platform(6, "amd", "Naples", "AMD EPYC 7351 16-Core Processor", [H12, ("Gigabyte", None)], SEV, NO_ES),
    Platform(14, "amd", "Rome", "AMD EPYC 7402 24-Core Processor", [H12, R7525], SEV + ["amd.sev-es"],
             {"amd.sev-snp": "hardware.no_sev_snp"}),
    Platform(24, "amd", "Milan", "AMD EPYC 7543 32-Core Processor", [R7525, H12], SEV + ["amd.sev-es", "amd.sev-snp"]),
    Platform(18, "amd", "Genoa", "AMD EPYC 9354 32-Core Processor", [DL385, ("Supermicro", "AS-2025HS-TNR")],
             SEV + ["amd.sev-es", "amd.sev-snp"]),
    Platform(6, "amd", "Turin", "AMD EPYC 9755 128-Core Processor", [DL385, (None, "Reference Board \u00e9")],
             SEV + ["amd.sev-es", "amd.sev-snp"], fillers=(30, 100)),
    # Its codename is not in the program's table.
    Platform(2, "amd", None, "AMD EPYC 4545P 16-Core Processor", [(None, None)], SEV + ["amd.sev-es"]),
    Platform(12, "intel", "Ice Lake", "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", [R760, THINK],
             ["intel.sgx", "intel.tme", "iommu"], {"intel.tdx": "hardware.no_tdx"}),
    Platform(8, "intel", "Sapphire Rapids", "Intel(R) Xeon(R) Platinum 8468", [R760, THINK],
             ["intel.tdx", "intel.sgx", "intel.tme", "iommu"]),
    Platform(5, "intel", "Emerald Rapids", "INTEL(R) XEON(R) PLATINUM 8568Y+", [THINK],
             ["intel.tdx", "intel.sgx", "intel.tme", "iommu"]),
    Platform(3, "intel", "Granite Rapids", "Intel(R) Xeon(R) 6767P", [("Supermicro", "SYS-222H-TN")],
             ["intel.tdx", "intel.sgx", "intel.tme", "iommu"], fillers=(40, 110)),
    Platform(2, "arm", "Neoverse N1", None, [("GIGABYTE", "R272-P30-JG")], ["arm.cca", "iommu"]),
    Platform(1, "ibm", None, None, [("IBM", "3931 A01"), (None, None)], ["ibm.secure-execution"], fillers=(1, 3)),
]
WEIGHTS = [platform.weight for platform in PLATFORMS]
KERNELS = ["5.15.0-119-generic", "6.1.0-25-amd64", "6.8.0-45-generic", "6.11.0-8-generic", "6.12.48+deb13-amd64",
           "6.14.0-29-generic", "6.16.3-zabbly+"]

# vendor, device, name, GB, SR-IOV: VFs in all and their device, weight
GPUS = [
    ("10de", "27b8", "NVIDIA L4", 24, 32, "27b8", 5),
    ("10de", "26b9", "NVIDIA L40S", 48, 32, "26b9", 5),
    ("10de", "20b5", "NVIDIA A100 PCIe 80GB", 80, 20, "20b5", 4),
    ("10de", "2331", "NVIDIA H100 PCIe 80GB", 80, 20, "2331", 4),
    ("10de", "2335", "NVIDIA H200", 141, 32, "2335", 2),
    ("1002", "74a1", "AMD Instinct MI300X", 192, 8, "74b5", 2),
    ("8086", "56c0", "Intel Data Center GPU Flex 170", 16, 31, "56c0", 2),
    ("10de", "2bb5", None, None, 48, "2bb5", 1),
]
# vendor, device, VFs of each port and their device, ports, driver, what the device table calls it, weight
NICS = [
    ("15b3", "101d", 16, "101e", 2, "mlx5_core", None, 6),
    ("15b3", "1021", 32, "101e", 1, "mlx5_core", None, 4),
    ("15b3", "a2dc", 16, "101e", 2, "mlx5_core", "NVIDIA BlueField-3", 1),
    ("8086", "1592", 64, "1889", 2, "ice", None, 4),
    ("8086", "158b", 64, "154c", 2, "i40e", None, 4),
    ("14e4", "1750", 64, "1806", 2, "bnxt_en", None, 3),
    ("8086", "1521", 7, "1520", 2, "igb", None, 4),
]
STORAGE = [("144d", "a80a"), ("8086", "0a54"), ("1e0f", "0025"), ("1344", "51c3")]

# Functions that stay with the host: class, device and driver, one after the other in every root complex.
FILLERS = {
    "amd": ("1022", [("060000", "14a4", ""), ("080600", "149e", ""), ("060400", "14ab", "pcieport"), ("060000", "149f", ""),
                     ("060400", "14a7", "pcieport"), ("130000", "14ac", ""), ("108000", "14ca", "ccp"),
                     ("0c0330", "14c9", "xhci_hcd"), ("0c0500", "790b", "piix4_smbus"), ("060100", "790e", "")]),
    "intel": ("8086", [("060000", "09a2", ""), ("088000", "09a4", ""), ("060400", "352a", "pcieport"), ("080700", "0b23", "pcieport"),
                       ("110100", "3257", ""), ("088000", "0b25", "idxd"), ("0c0330", "1bcd", "xhci_hcd"),
                       ("0c0500", "1bc9", "i801_smbus"), ("060100", "1b81", "")]),
    "arm": ("1def", [("060000", "e100", ""), ("060400", "e101", "pcieport"), ("0c0330", "e110", "xhci_hcd")]),
    "ibm": ("1014", [("020700", "044b", "ism")]),
}
ROOTS = [0x00, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xc0, 0xe0]
