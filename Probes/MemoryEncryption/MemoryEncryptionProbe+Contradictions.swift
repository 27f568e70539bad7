// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension MemoryEncryptionProbe {
  /// Observations that look wrong, or are, with their meaning. A guest's hypervisor shows it what it likes.
  static func contradictions(_ host: any HostSource) -> [Contradiction] {
    guard !Environment.observe(host).isGuest else { return [] }
    return switch host.processorVendor().value {
    case "GenuineIntel": Contradiction.found([flagRule(host)])
    case "AuthenticAMD", "HygonGenuine": Contradiction.found(twiceRule(host))
    default: []
    }
  }

  private static func flagRule(_ host: any HostSource) -> Contradiction.Rule {
    let (shown, active) = (host.processorFlag("tme"), host.msr(0x982))
    let release = host.kernelVersion()
    return (
      "intel.tme-flag-without-tme",
      shown.value == true && active.value.map { $0.bits(0...1) != 3 } == true
        && release.value.map { $0 < flagTellsSince } == true,
      "the kernel shows tme, but IA32_TME_ACTIVATE says off: kernels before 6.12 may show what the processor could do, so memory is not encrypted",
      [shown.question, active.question, release.question]
    )
  }

  /// Before, the flag stood for a processor that could. Source: kernel 6.1 arch/x86/kernel/cpu/amd.c,
  /// early_detect_mem_encrypt().
  private static let smeFlagTellsSince = KernelVersion(6, 1)

  /// Source: kernel 6.12 drivers/crypto/ccp/hsti.c, psp_init_hsti(): "SME is unnecessary when TSME is active".
  private static func twiceRule(_ host: any HostSource) -> [Contradiction.Rule] {
    guard let tsme = tsmeOn(host) else { return [] }
    let (active, release) = (host.processorFlag("sme"), host.kernelVersion())
    return [
      (
        "amd.tsme-and-sme", active.value == true && release.value.map { $0 >= smeFlagTellsSince } == true,
        "TSME encrypts all memory and the kernel runs SME on top of it: SME is unnecessary then, so boot without mem_encrypt",
        [tsme.question, active.question, release.question]
      )
    ]
  }
}
