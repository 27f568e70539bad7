// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension FirmwareNeed {
  /// Whether one need is met.
  struct Finding: Sendable {
    let state: AdvisoryState
    let because: String

    init(_ state: AdvisoryState, _ because: String) { (self.state, self.because) = (state, because) }
  }

  func finding(on host: AdvisedHost) -> Finding {
    switch what {
    case .microcode: microcode(host)
    case .snpSVN: securityVersion(host)
    case .sevFirmware:
      version(
        host.facts.text("amd.psp.snp-api") ?? host.facts.text("amd.psp.sev-api"), "SEV firmware",
        "the secure processor has not said its firmware's version")
    case .tdxModule:
      version(
        host.facts.text("intel.tdx.module-version"), "TDX module", "the kernel shows no TDX module's version")
    case .aliasCheck: aliasCheck(host)
    case .kernel: kernel(host)
    }
  }

  /// What to get.
  var instruction: String? {
    let versions = (atLeast ?? []).joined(separator: " or ")
    return switch what {
    case .microcode: "microcode \(versions) or newer"
    case .snpSVN: "SEV-SNP firmware with SVN \(versions) or newer"
    case .sevFirmware: "SEV firmware \(versions) or newer"
    case .tdxModule: "TDX module \(versions) or newer"
    case .kernel: "a kernel that mitigates \(versions)"
    case .aliasCheck: "a BIOS that has memory checked for aliases at boot"
    }
  }

  /// A revision is compared with the one of its own line alone: another's numbers mean something else.
  /// Source: AMD's name family, model and stepping in their upper 24 bits (kernel microcode/amd.c, union zen_patch_rev);
  /// Intel's have a line's number in their upper 8 bits, as the release notes of its microcode list them.
  private func microcode(_ host: AdvisedHost) -> Finding {
    let found = host.microcode
    guard !found.isEmpty else { return Finding(.unknown, "the microcode's revision is not known") }
    let isAMD = host.facts.text("cpu.vendor") == "AuthenticAMD"
    let minima = (atLeast ?? []).compactMap(AdvisedHost.hexadecimal)
    var unknown: String?
    for revision in found {
      let shift: UInt64 = isAMD ? 8 : 24
      let text = "microcode 0x\(String(revision, radix: 16))"
      guard let least = minima.first(where: { $0 >> shift == revision >> shift }) else {
        unknown = "\(text) is of a line whose fixed revision is not known here"
        continue
      }
      if revision < least {
        return Finding(.affected, "\(text), and 0x\(String(least, radix: 16)) is the first that is fixed")
      }
    }
    if let unknown { return Finding(.unknown, unknown) }
    return Finding(.fixed, "microcode \(found.map { "0x\(String($0, radix: 16))" }.joined(separator: " "))")
  }

  private func securityVersion(_ host: AdvisedHost) -> Finding {
    guard let least = atLeast?.first.flatMap({ UInt64($0) }) else {
      return Finding(.unknown, "no version to compare with")
    }
    guard let found = host.facts.count("snp", in: "amd.psp.snp-tcb-components") else {
      return Finding(
        .unknown, "the SEV-SNP firmware's SVN is not known: SNP_PLATFORM_STATUS has not been answered")
    }
    return found < least
      ? Finding(.affected, "SEV-SNP firmware's SVN \(found), and \(least) is the first that is fixed")
      : Finding(.fixed, "SEV-SNP firmware's SVN \(found)")
  }

  private func version(_ text: String?, _ name: String, _ missing: String) -> Finding {
    guard let text else { return Finding(.unknown, missing) }
    guard let found = Self.numbers(text), let first = atLeast?.first, let least = Self.numbers(first),
      let open = Self.numbers(below ?? first)
    else { return Finding(.unknown, "\(name) \(text) is no version that can be compared") }
    if Self.precedes(found, open) { return Finding(.affected, "\(name) \(text), and \(first) is fixed") }
    if Self.precedes(found, least) {
      return Finding(.unknown, "\(name) \(text) may be fixed or not: its last numbers are not shown")
    }
    return Finding(.fixed, "\(name) \(text)")
  }

  private func aliasCheck(_ host: AdvisedHost) -> Finding {
    switch host.facts.flag("amd.psp.alias-check") {
    case true?: Finding(.fixed, "ALIAS_CHECK_COMPLETE = 1")
    case false?:
      Finding(.affected, "ALIAS_CHECK_COMPLETE = 0: nobody has looked for memory aliases since the last boot")
    case nil:
      Finding(
        .unknown,
        "whether memory was checked for aliases is not known: SNP_PLATFORM_STATUS has not been answered")
    }
  }

  /// A kernel that is older than the vulnerability does not list it.
  private func kernel(_ host: AdvisedHost) -> Finding {
    guard let name = atLeast?.first else { return Finding(.unknown, "no name to look for") }
    if host.facts.list("cpu.vulnerable")?.contains(name) == true {
      return Finding(.affected, "the kernel says of \(name) that the host is vulnerable")
    }
    return host.facts.list("cpu.mitigated")?.contains(name) == true
      ? Finding(.fixed, "the kernel mitigates \(name)")
      : Finding(.unknown, "whether the kernel mitigates \(name) is not known")
  }

  /// `1.55.22`, `1.5.05`: three numbers.
  static func numbers(_ text: String) -> [UInt64]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt64($0) : nil }
    return parts.count >= 3 && numbers.count == parts.count ? Array(numbers.prefix(3)) : nil
  }

  private static func precedes(_ a: [UInt64], _ b: [UInt64]) -> Bool { a.lexicographicallyPrecedes(b) }
}
