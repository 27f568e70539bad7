// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel
internal import Virtualization

extension AMDSEVProbe {
  /// Where libvirt's word and the kernel's do not go together. That libvirt's reducedPhysBits is 1 and CPUID's 5 or 6 is
  /// none of these: a guest's view and the host's.
  static func libvirtContradictions(_ host: any HostSource) -> [Contradiction] {
    let offer = host.libvirtOffer()
    guard let offered = offer.value else { return [] }
    let sev = host.flag(KVMAMD.parameter(.sev))
    let snp = host.flag(KVMAMD.parameter(.sevSNP))
    let status = host.sevStatus()
    let pools = (sev: host.asidSlots(of: .sev), es: host.asidSlots(of: .sevES))
    let refusal = pspAllowsES.judge(host)
    return Contradiction.found([
      (
        "libvirt.snp-listed-kvm-off",
        offered.types.contains("sev-snp") && snp.value == false,
        "libvirt lists sev-snp but kvm_amd.sev_snp = N: libvirt asks QEMU and the SEV firmware only, so no SEV-SNP guest starts",
        [offer.question, snp.question]
      ),
      (
        "libvirt.sev-refused-kvm-on",
        offered.hasSEV == false && sev.value == true && isDone(status.value),
        "kvm_amd.sev = Y and the firmware answers, but libvirt says no: a stale cache, or QEMU may not open /dev/sev",
        [offer.question, sev.question, status.question]
      ),
      (
        "libvirt.snp-listed-no-asids",
        offered.types.contains("sev-snp") && offered.encryptedStateGuests == 0,
        "libvirt lists sev-snp and maxESGuests = 0: the BIOS gives SEV-ES and SEV-SNP no ASIDs, so no such guest starts",
        [offer.question]
      ),
      (
        "libvirt.counts-more-guests",
        isMore(offered.plainGuests, than: pools.sev) || isMore(offered.encryptedStateGuests, than: pools.es),
        "libvirt counts \(offered.plainGuests ?? 0) SEV and \(offered.encryptedStateGuests ?? 0) SEV-ES guests from CPUID, the kernel has room for fewer: Nova's inventory is too large",
        [offer.question] + (pools.sev?.citing ?? []) + (pools.es?.citing ?? [])
      ),
      (
        "libvirt.counts-refused-guests",
        (offered.encryptedStateGuests ?? 0) > 0 && refusal.verdict == .fail,
        "libvirt counts \(offered.encryptedStateGuests ?? 0) SEV-ES guests, but the firmware takes none beside SEV-SNP: Nova would schedule guests that do not start",
        [offer.question] + refusal.citing
      ),
    ])
  }

  private static func isMore(_ count: UInt64?, than pool: GuestSlots?) -> Bool {
    guard let count, let pool else { return false }
    return count > pool.total
  }

  private static func isDone(_ reply: FirmwareReply<SEVStatus>?) -> Bool {
    if case .done = reply { true } else { false }
  }
}
