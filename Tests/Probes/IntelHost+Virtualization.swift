// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence

/// QEMU, libvirt and guest firmware of the same Xeon: QEMU 10.1 and libvirt 11.10, the first that can be believed, and
/// firmware as Fedora describes it.
extension IntelHost {
  static let tdxFirmware = Question.file("/usr/share/qemu/firmware/60-edk2-ovmf-x64-inteltdx.json")
  static let quotingUnit = Question.link("/etc/systemd/system/multi-user.target.wants/qgsd.service")
  static func option(_ name: String) -> Question { .file("/sys/module/kvm/parameters/\(name)") }
  static let (capacity, current) = (
    Question.file("/sys/fs/cgroup/misc.capacity"), Question.file("/sys/fs/cgroup/misc.current")
  )

  /// Written from libvirt docs/formatdomaincaps.rst, after src/conf/domain_capabilities.c.
  static func domainCapabilities(
    tdx: String = "<tdx supported='yes'/>",
    sgx: String = "<sgx supported='yes'><flc>yes</flc><sgx1>yes</sgx1><sgx2>yes</sgx2>"
      + "<section_size unit='KiB'>2097152</section_size></sgx>",
    types: [String] = ["tdx"]
  ) -> Answer {
    let values = types.map { "<value>\($0)</value>" }.joined()
    let security =
      types.isEmpty
      ? "<launchSecurity supported='no'/>"
      : "<launchSecurity supported='yes'><enum name='sectype'>\(values)</enum></launchSecurity>"
    return H.domainCapabilities(
      sev: "<s390-pv supported='no'/><sev supported='no'/>\(tdx)\(sgx)", security: security)
  }

  static let virtualization: [Question: Answer] = H.virtualization.merging(
    [
      H.domain: domainCapabilities(), H.version: H.versions(libvirt: 11_010_000, qemu: 10_001_000),
      H.firmware: H.text("30-edk2-ovmf-x64-sb.json\n60-edk2-ovmf-x64-inteltdx.json\n"),
      H.amdsev: .absent,
      tdxFirmware: H.descriptor(
        ["enrolled-keys", "intel-tdx"], file: "/usr/share/edk2/ovmf/OVMF.inteltdx.fd"),
      H.executables: H.text("OVMF.inteltdx.fd\nOVMF_CODE.secboot.fd\n"),
      quotingUnit: H.text("/usr/lib/systemd/system/qgsd.service"),
      parameter("ept"): H.text("Y\n"), parameter("eptad"): H.text("Y\n"),
      parameter("enable_apicv"): H.text("Y\n"),
      option("tdp_mmu"): H.text("Y\n"), option("mmio_caching"): H.text("Y\n"),
    ]
  ) { $1 }
}
