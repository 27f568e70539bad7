// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel
internal import Virtualization

extension IntelSGXProbe {
  /// Observations that look wrong, or are, with their meaning. A guest's hypervisor shows it what it likes.
  static func contradictions(_ host: any HostSource) -> [Contradiction] {
    guard host.processorVendor().value == "GenuineIntel", !Environment.observe(host).isGuest else {
      return []
    }
    let (leaf, pages) = (host.cpuid(7), host.enclavePages())
    let (on, offer) = (host.flag(KVMIntel.parameter("sgx")), host.libvirtOffer())
    return Contradiction.found([
      // node-feature-discovery issue 638.
      (
        "intel.sgx-without-pages", leaf.value?.ebx.bit(2) == true && pages.value?.bytes == 0,
        "CPUID has SGX, but lists no enclave pages: the BIOS has SGX off, and whoever looks at the one bit is misled",
        [leaf.question, pages.question]
      ),
      (
        "libvirt.sgx-offered-kvm-off", offer.value?.guests.contains(.sgx) == true && on.value == false,
        "libvirt offers SGX but kvm_intel.sgx = N: its word is from before the parameter changed, so delete its cache of capabilities",
        [offer.question, on.question]
      ),
    ])
  }
}
