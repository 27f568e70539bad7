// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  /// What keeps QEMU, libvirt and the guests' firmware from starting what KVM offers.
  static let virtualization: [Reason] = [
    qemuNotFound, qemuTooOld, libvirtNotInstalled, libvirtNotRunning, libvirtReadOnly, libvirtHangs,
    libvirtRefuses,
    libvirtTooOld, libvirtWithoutSEV, libvirtWithoutType, noFirmwareDescriptors, firmwareFeatureMissing,
    firmwareExecutableMissing, firmwareMasked,
    qemuNotFoundOnS390x, qemuTooOldForSGX, qemuTooOldForSecureExecution, libvirtTooOldForSGX,
    libvirtTooOldForSecureExecution, libvirtWithoutSGX, libvirtWithoutSecureExecution,
  ]

  public static let qemuNotFound = Reason(
    "qemu.not_found", .config, "install QEMU where libvirt runs (Debian: qemu-system-x86)",
    check: "virsh version")
  public static let qemuTooOld = Reason(
    "qemu.too_old", .config,
    "upgrade QEMU: 2.12 starts SEV guests, 6.0 SEV-ES, 9.1 SEV-SNP, 10.1 TDX", check: "virsh version")
  public static let libvirtNotInstalled = Reason(
    "libvirt.not_installed", .config,
    "install libvirt and its client library (Debian: libvirt-daemon-system; beside a container: libvirt0)",
    check: "ldconfig -p | grep libvirt.so.0")
  public static let libvirtNotRunning = Reason(
    "libvirt.not_running", .config,
    "start virtqemud or libvirtd; if it listens elsewhere, name it: --libvirt-uri",
    check: "ls /run/libvirt /var/run/libvirt")
  public static let libvirtReadOnly = Reason(
    "libvirt.read_only", .none,
    "run hostcap-agent as root, or as one whom polkit grants org.libvirt.unix.manage",
    check: "virsh -c qemu:///system domcapabilities --virttype kvm")
  public static let libvirtHangs = Reason(
    "libvirt.no_reply", .config, "restart virtqemud or libvirtd, or wait longer: --deadline",
    check: "timeout 10 virsh -r version")
  public static let libvirtRefuses = Reason(
    "libvirt.failed", .config, "see libvirt's message and its log",
    check: "journalctl -u virtqemud -u libvirtd")
  public static let libvirtTooOld = Reason(
    "libvirt.too_old", .config,
    "upgrade libvirt: 4.5 knows SEV, 8.0 counts SEV-ES guests, 10.5 knows SEV-SNP, 11.10 TDX",
    check: "virsh version --daemon")
  public static let libvirtWithoutSEV = Reason(
    "libvirt.sev_not_supported", .config,
    "clear the rungs below first; then delete /var/cache/libvirt/qemu/capabilities and restart virtqemud or libvirtd",
    check: "virsh domcapabilities --virttype kvm --machine q35 | grep '<sev'")
  public static let libvirtWithoutType = Reason(
    "libvirt.type_not_listed", .config,
    "upgrade QEMU first; then delete /var/cache/libvirt/qemu/capabilities and restart virtqemud or libvirtd",
    check: "virsh domcapabilities --virttype kvm --machine q35 | grep -A8 '<launchSecurity'")
  public static let noFirmwareDescriptors = Reason(
    "guestfw.no_descriptors", .config, "install the guests' firmware (Debian: ovmf; Fedora: edk2-ovmf)",
    check: "ls /etc/qemu/firmware /usr/share/qemu/firmware")
  public static let firmwareFeatureMissing = Reason(
    "guestfw.feature_missing", .config,
    "install edk2 firmware built for the technology (SEV: OVMF.amdsev.fd) and describe it in /etc/qemu/firmware",
    check: "grep -l -e amd-sev -e intel-tdx /etc/qemu/firmware/* /usr/share/qemu/firmware/*")
  public static let firmwareExecutableMissing = Reason(
    "guestfw.executable_missing", .config,
    "install the firmware that the descriptor names, or correct the descriptor", check: "cat PATH")
  public static let firmwareMasked = Reason(
    "guestfw.descriptor_masked", .config, "remove the empty descriptor, or fill it", check: "cat PATH")

  public static let qemuNotFoundOnS390x = Reason(
    "qemu.not_found_on_s390x", .config,
    "install QEMU where libvirt runs (Debian: qemu-system-s390x; Fedora: qemu-kvm)", check: "virsh version")
  public static let qemuTooOldForSGX = Reason(
    "qemu.too_old_for_sgx", .config,
    "upgrade QEMU to 6.2 or later, the first that gives guests enclave pages",
    check: "virsh version")
  public static let qemuTooOldForSecureExecution = Reason(
    "qemu.too_old_for_secure_execution", .config,
    "upgrade QEMU to 6.0 or later, the first with s390-pv-guest", check: "virsh version")
  public static let libvirtTooOldForSGX = Reason(
    "libvirt.too_old_for_sgx", .config, "upgrade libvirt to 8.10 or later, the first that tells of SGX",
    check: "virsh version --daemon")
  public static let libvirtTooOldForSecureExecution = Reason(
    "libvirt.too_old_for_secure_execution", .config,
    "upgrade libvirt to 7.6 or later, the first that tells of s390-pv", check: "virsh version --daemon")
  public static let libvirtWithoutSGX = Reason(
    "libvirt.sgx_not_supported", .config,
    "clear the rungs below first; then let QEMU's user open /dev/sgx_vepc, delete /var/cache/libvirt/qemu/capabilities and restart virtqemud or libvirtd",
    check: "ls -l /dev/sgx_vepc; virsh domcapabilities --virttype kvm --machine q35 | grep '<sgx'")
  public static let libvirtWithoutSecureExecution = Reason(
    "libvirt.s390_pv_not_supported", .config,
    "clear the rungs below first; then delete /var/cache/libvirt/qemu/capabilities and restart virtqemud or libvirtd",
    check: "virsh domcapabilities --virttype kvm | grep '<s390-pv'")
}
