// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@testable import Tape

@Suite struct RedactorTextTests {
  @Test(arguments: [
    (
      "BOOT_IMAGE=/vmlinuz-6.12 root=UUID=5b3b4e66-7c9b-4f2a-9b7c-1a2b3c4d5e6f ro iommu=pt\n",
      "BOOT_IMAGE=redacted root=redacted ro iommu=pt\n"
    ),
    (
      "amd_iommu=pgtbl_v2 kvm_amd.sev_snp=1 kvm-amd.sev=0 ccp.psp_init_on_probe=0",
      "amd_iommu=pgtbl_v2 kvm_amd.sev_snp=1 kvm-amd.sev=0 ccp.psp_init_on_probe=0"
    ),
    (
      "vfio-pci.ids=10de:2331,15b3:101e hugepagesz=1G hugepages=64",
      "vfio-pci.ids=10de:2331,15b3:101e hugepagesz=1G hugepages=64"
    ),
    (
      "pci=realloc,disable_acs_redir=0000:3b:00.0 pcie_aspm=off",
      "pci=realloc,disable_acs_redir=0000:3b:00.0 pcie_aspm=off"
    ),
    (
      "memmap=4G$0x100000000 crashkernel=1G-4G:192M nosmt=force",
      "memmap=4G$0x100000000 crashkernel=1G-4G:192M nosmt=force"
    ),
    ("ip=10.0.0.7::10.0.0.1:255.255.255.0:compute-17:eth0:none", "ip=redacted"),
    ("dyndbg=\"file secret.c +p\" \"quoted secret\" nosgx", "dyndbg=redacted redacted nosgx"),
    ("secret quiet -- --password=secret iommu=off", "redacted quiet"),
    ("iommu=pt  \t nosgx\n", "iommu=pt nosgx\n"),
    ("pass/word=secret \u{e9}=secret =secret", "redacted redacted =redacted"),
    ("open=\"never closed iommu=pt", "open=redacted"),
    ("redacted root=redacted", "redacted root=redacted"),
    ("", ""),
  ])
  func theCommandLineKeepsWhatIsJudged(line: String, shown: String) {
    #expect(redacted(.file("/proc/cmdline"), line) == shown)
  }

  @Test func theKernelLogKeepsWhatIsJudged() {
    let log = """
      [    0.000000] Linux version 6.12.0 (me@compute-17)
      [    0.000000] Command line: root=/dev/secret iommu=pt
      [    0.000000] SEV-SNP: RMP table physical range [0x000000107ca00000 - 0x000000109d2fffff]
      [    0.811111] pci 0000:3b:00.0: BAR 7 [mem size 0x02000000 64bit pref]: failed to assign
      [    1.000000][    T1] AMD-Vi: Interrupt remapping enabled
      <6>[    1.100000] ccp 0000:22:00.1: SEV firmware version 1.55.41.12
      [    1.200000] mlx5_core 0000:3b:00.0: not enough MMIO resources for SR-IOV
      [    1.300000] usb 1-1: SerialNumber: SECRET
      [    1.400000] ccp 0000:22:00.1: asked by 10.20.30.40 and fe80::1 for 00:11:22:33:44:55
      May 17 10:00:00 compute-17 kernel: [    2.000000] kvm_amd: SEV enabled (ASIDs 1 - 509)
      May 17 10:00:00 compute-17 sshd[1]: kvm secret
      [Sun May 17 10:00:00 2026] SEV supported: 509 ASIDs
      [ 52:54:00:12:34:56 1.281402] SEV supported: 509 ASIDs
      """
    let shown = redacted(.kernelLog, log).split(separator: "\n").map(String.init)
    #expect(shown.count == 9)
    #expect(
      shown[0] == "[    0.000000] SEV-SNP: RMP table physical range [0x000000107ca00000 - 0x000000109d2fffff]"
    )
    #expect(shown[1].hasSuffix("pci 0000:3b:00.0: BAR 7 [mem size 0x02000000 64bit pref]: failed to assign"))
    #expect(shown[2] == "[    1.000000][    T1] AMD-Vi: Interrupt remapping enabled")
    #expect(shown[3] == "<6>[    1.100000] ccp 0000:22:00.1: SEV firmware version 1.55.41.12")
    #expect(shown[4].hasSuffix("mlx5_core 0000:3b:00.0: not enough MMIO resources for SR-IOV"))
    #expect(shown[5].contains(/asked by 192\.0\.2\.\d+ and 2001:db8::[0-9a-f:]+ for 02:68:63:[0-9a-f:]{8}$/))
    #expect(shown[6] == "[    2.000000] kvm_amd: SEV enabled (ASIDs 1 - 509)")
    #expect(shown[7] == "[Sun May 17 10:00:00 2026] SEV supported: 509 ASIDs")
    #expect(shown[8].contains(/^\[ 02:68:63:[0-9a-f:]{8} 1\.281402\] SEV supported: 509 ASIDs$/))
  }

  @Test func aLibvirtDocumentKeepsWhatIsJudged() {
    let document = """
      <capabilities>
        <host>
          <uuid>4c4c4544-0034-4210-8057-b8c04f485932</uuid>
          <cpu><arch>x86_64</arch><model>EPYC-Milan</model><vendor>AMD</vendor></cpu>
          <name>compute-17.example.org</name>
          <mac address='aa:bb:cc:dd:ee:ff'/>
        </host>
        <sev supported='yes'><cbitpos>51</cbitpos><maxESGuests>10</maxESGuests><cpu0Id>SECRETBASE64==</cpu0Id></sev>
        <sysinfo><entry name='serial'>SECRET1</entry><entry name="manufacturer">HPE</entry></sysinfo>
        <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
        <uuid/><serial></serial>
      </capabilities>
      """
    let shown = redacted(.libvirt(.capabilities), document)
    for kept in [
      "<model>EPYC-Milan</model>", "<cbitpos>51</cbitpos>", "<maxESGuests>10</maxESGuests>",
      "manufacturer\">HPE<",
      "<address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>", "<uuid/><serial></serial>",
    ] { #expect(shown.contains(kept)) }
    #expect(shown.contains(/<uuid>68636170-[0-9a-f-]{27}<\/uuid>/))
    #expect(shown.contains(/<name>host-[0-9a-f]{10}<\/name>/))
    #expect(shown.contains(/<cpu0Id>serial-[0-9a-f]{10}<\/cpu0Id>/))
    #expect(shown.contains(/<entry name='serial'>serial-[0-9a-f]{10}<\/entry>/))
    #expect(shown.contains(/<mac address='02:68:63:[0-9a-f:]{8}'\/>/))
    #expect(shown.split(separator: "\n").count == document.split(separator: "\n").count)
  }

  @Test(arguments: [
    (Question.file("/proc/cpuinfo"), "Serial\t\t: 00000000abcd1234\nflags\t\t: sev sev_es sev_snp\n"),
    (
      .file("/sys/class/block/sda/device/uevent"),
      "SERIAL=WD-1234\nPCI_ID=15B3:101D\nPCI_SLOT_NAME=0000:3b:00.0\n"
    ),
  ])
  func keyedLinesLoseOnlyTheSerialNumber(question: Question, text: String) {
    let shown = redacted(question, text)
    let (before, after) = (text.split(separator: "\n"), shown.split(separator: "\n"))
    #expect(after[0].contains(/(Serial\t\t: |SERIAL=)serial-[0-9a-f]{10}$/))
    #expect(Array(after.dropFirst()) == Array(before.dropFirst()))
  }

  /// Words of the evidence that a host may also be called by.
  @Test(arguments: ["amd", "kvm", "openstack", "node0", "epyc", "vfio-pci", "sev"])
  func aHostNamedAfterAWordDoesNotChangeTheEvidence(name: String) {
    var host = keyedHost()
    host[.file("/proc/sys/kernel/hostname")] = .bytes(Array("\(name)\n".utf8))
    for (question, text) in [
      (Question.file("/sys/class/dmi/id/sys_vendor"), "OpenStack Foundation\n"),
      (.directory("/sys/devices/system/node"), "has_cpu\nnode0\nnode1\n"),
      (
        .file("/proc/cpuinfo"),
        "vendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC 9334\nflags\t: sev kvm amd\n"
      ),
      (.link("/sys/bus/pci/devices/0000:3b:00.0/driver"), "../../../bus/pci/drivers/vfio-pci"),
      (.kernelLog, "[    1.0] kvm_amd: SEV enabled\n[    2.0] SEV: kvm amd sev\n"),
    ] { #expect(redacted(question, text, of: host) == text) }
  }

  @Test(arguments: [
    "0000:3b:00.0", "10000:e1:00.7", "0-3,8,10-11", "05/17/2024", "ffffffff,ffffffff",
    "0x0000000000000000 0x00000000ffffffff",
    "pci:v000015B3d0000101Dsv000015B3sd00000016bc02sc00i00", "1.55.41", "12:34:56", "x86_64-linux-gnu",
    "a:b:c:d:e:f",
  ])
  func whatOnlyLooksLikeAnIdentityStays(text: String) {
    #expect(redacted(.file("/sys/bus/pci/devices/0000:3b:00.0/x"), text) == text)
    #expect(redacted(.link("/sys/bus/pci/devices/0000:3b:00.0"), text) == text)
    #expect(redacted(.libvirt(.capabilities), text) == text)
  }
}
