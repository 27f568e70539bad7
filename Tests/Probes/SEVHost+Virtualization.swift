// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence

/// QEMU, libvirt and guest firmware of the same host: libvirt 11.3 and QEMU 10.0 as Debian 13 has them, and firmware as
/// Fedora describes it, which Debian 13 does not ship.
extension SEVHost {
  static let domain = Question.libvirt(.domainCapabilities)
  static let version = Question.libvirt(.version)
  static let daemonFile = Question.file("/run/libvirtd.pid")
  static let firmware = Question.directory("/usr/share/qemu/firmware")
  static let amdsev = Question.file("/usr/share/qemu/firmware/60-edk2-ovmf-x64-amdsev.json")
  static let executables = Question.directory("/usr/share/edk2/ovmf")

  /// Written from libvirt docs/formatdomaincaps.rst.
  static func domainCapabilities(
    sev: String = "<sev supported='yes'><cbitpos>51</cbitpos><reducedPhysBits>1</reducedPhysBits>"
      + "<maxGuests>382</maxGuests><maxESGuests>127</maxESGuests></sev>",
    security: String = "<launchSecurity supported='yes'><enum name='sectype'><value>sev</value>"
      + "<value>sev-snp</value></enum></launchSecurity>",
    type: String = "kvm"
  ) -> Answer {
    text(
      "<domainCapabilities><path>/usr/bin/qemu-system-x86_64</path><domain>\(type)</domain>"
        + "<machine>pc-q35-10.0</machine><arch>x86_64</arch><features>\(sev)\(security)</features>"
        + "</domainCapabilities>\n")
  }

  /// libvirt 11.3.0 and QEMU 10.0.2, packed as libvirt packs them.
  static func versions(libvirt: Int = 11_003_000, qemu: Int? = 10_000_002) -> Answer {
    text("libvirt \(libvirt)\n" + (qemu.map { "hypervisor \($0)\n" } ?? ""))
  }

  /// Written from QEMU docs/interop/firmware.json.
  static func descriptor(_ features: [String], machine: String = "pc-q35-*", file: String) -> Answer {
    let list = features.map { "\"\($0)\"" }.joined(separator: ",")
    return text(
      """
      {"description":"OVMF","interface-types":["uefi"],"mapping":{"device":"flash","mode":"stateless",
      "executable":{"filename":"\(file)","format":"raw"}},
      "targets":[{"architecture":"x86_64","machines":["\(machine)"]}],"features":[\(list)],"tags":[]}
      """)
  }

  static let virtualization: [Question: Answer] = [
    domain: domainCapabilities(), version: versions(),
    .file("/run/virtqemud.pid"): .absent, daemonFile: text("1834\n"),
    .file("/proc/1834/comm"): text("libvirtd\n"),
    .link("/proc/1/ns/mnt"): text("mnt:[4026531841]"), .link("/proc/1834/ns/mnt"): text("mnt:[4026531841]"),
    .directory("/etc/qemu/firmware"): .absent,
    firmware: text("30-edk2-ovmf-x64-sb.json\n60-edk2-ovmf-x64-amdsev.json\n"),
    .file("/usr/share/qemu/firmware/30-edk2-ovmf-x64-sb.json"): descriptor(
      ["acpi-s3", "secure-boot"], file: "/usr/share/edk2/ovmf/OVMF_CODE.secboot.fd"),
    amdsev: descriptor(
      ["amd-sev", "amd-sev-es", "amd-sev-snp", "verbose-dynamic"], file: "/usr/share/edk2/ovmf/OVMF.amdsev.fd"
    ),
    executables: text("OVMF.amdsev.fd\nOVMF_CODE.secboot.fd\n"),
  ]
}
