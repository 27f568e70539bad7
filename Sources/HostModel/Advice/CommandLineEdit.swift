// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a fix does to the kernel's command line.
struct CommandLineEdit: Sendable {
  /// A word by its key, with `_` for `-`.
  struct Target: Sendable {
    let key: String
    /// Which of the values, parted by commas, goes; `nil`: the whole word does, whatever its value.
    let value: (@Sendable (String) -> Bool)?

    init(_ key: String) { (self.key, value) = (key, nil) }
    init(_ key: String, _ values: String...) { (self.key, value) = (key, { values.contains($0) }) }
    init(_ key: String, where value: @escaping @Sendable (String) -> Bool) {
      (self.key, self.value) = (key, value)
    }
  }

  let removing: [Target]
  /// A word that is put at the end where nothing was there to remove.
  var adding: String? = nil
  /// As `adding`, and also where something was removed.
  var replacing = false

  /// The command line afterwards, and what went and came; `nil`: nothing would change.
  struct Outcome: Sendable, Hashable {
    let line: String
    /// Words as they stood, whole or reduced to the values that go.
    let removed: [String]
    let added: String?
  }

  func applied(to line: String) -> Outcome? {
    var (kept, removed): ([String], [String]) = ([], [])
    var isOption = true
    for word in line.split(separator: " ").map(String.init) {
      // What stands behind ` -- ` is for init.
      if word == "--" { isOption = false }
      guard isOption, let (rest, gone) = reduced(word) else {
        kept.append(word)
        continue
      }
      removed.append(gone)
      if let rest { kept.append(rest) }
    }
    let added = adding.flatMap { (removed.isEmpty || replacing) && !kept.contains($0) ? $0 : nil }
    if let added { kept.insert(added, at: kept.firstIndex(of: "--") ?? kept.endIndex) }
    guard added != nil || !removed.isEmpty else { return nil }
    return Outcome(line: kept.joined(separator: " "), removed: removed, added: added)
  }

  /// What is left of a word, `nil` for nothing, and what goes; `nil`: the word stays as it is.
  private func reduced(_ word: String) -> (rest: String?, gone: String)? {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let key = String(parts[0].map { $0 == "-" ? "_" : $0 })
    guard let target = removing.first(where: { $0.key == key }) else { return nil }
    guard let matches = target.value else { return (nil, word) }
    let values = (parts.count > 1 ? parts[1] : "").split(separator: ",").map(String.init)
    let gone = values.filter(matches)
    guard !gone.isEmpty else { return nil }
    let rest = values.filter { !matches($0) }.joined(separator: ",")
    return (rest.isEmpty ? nil : "\(parts[0])=\(rest)", "\(parts[0])=\(gone.joined(separator: ","))")
  }
}

extension CommandLineEdit {
  /// What undoes or sets the words that make a reason; `nil`: no word on the kernel's command line does.
  static func of(_ reason: Reason) -> CommandLineEdit? { edits[reason.id] }

  static var reasonIDs: [String] { edits.keys.sorted() }

  private static let no: Set<String> = ["0", "n", "N", "off"]
  /// By name, and by number since cpufeatures.h has them in word 19.
  /// Source: kernel arch/x86/include/asm/cpufeatures.h, X86_FEATURE_SME and its neighbours.
  private static let encryption: Set<String> = [
    "sme", "sev", "sev_es", "sev_snp", "608", "609", "611", "612",
  ]

  private static func switchedOff(_ keys: String...) -> CommandLineEdit {
    CommandLineEdit(removing: keys.map { Target($0) { no.contains($0) } })
  }

  /// Source: kernel Documentation/admin-guide/kernel-parameters.txt.
  private static let edits: [String: CommandLineEdit] = [
    "kernel.iommu_passthrough": CommandLineEdit(
      removing: [Target("iommu", "pt"), Target("iommu.passthrough", "1", "y", "on")],
      adding: "iommu.passthrough=0"),
    "kernel.iommu_off": CommandLineEdit(
      removing: [Target("iommu", "off"), Target("amd_iommu", "off"), Target("intel_iommu", "off")]),
    "kernel.iommu_v2_page_table": CommandLineEdit(removing: [Target("amd_iommu", "pgtbl_v2")]),
    "kernel.cpus_offline": CommandLineEdit(
      removing: [Target("nosmt"), Target("maxcpus"), Target("nr_cpus")]),
    "kernel.feature_cleared": CommandLineEdit(
      removing: [Target("clearcpuid") { encryption.contains($0) }]),
    "kernel.sgx_off": CommandLineEdit(removing: [Target("nosgx")]),
    "kernel.tdx_host_off": CommandLineEdit(removing: [], adding: "nohibernate"),
    "kernel.prot_virt_not_asked": CommandLineEdit(
      removing: [Target("prot_virt") { no.contains($0) }], adding: "prot_virt=1", replacing: true),
    "iommu.intel_iommu_not_on": CommandLineEdit(
      removing: [Target("intel_iommu", "off")], adding: "intel_iommu=on", replacing: true),
    "iommu.isolation_overridden": CommandLineEdit(
      removing: [
        Target("pcie_acs_override"),
        Target("pci") { $0.hasPrefix("disable_acs_redir") || $0.hasPrefix("config_acs") },
      ]),
    "iommu.option_without_effect": CommandLineEdit(removing: [Target("amd_iommu", "on")]),
    "kvm.parameter_off": switchedOff("kvm_amd.sev", "kvm_amd.sev_es", "kvm_amd.sev_snp"),
    "kvm.npt_off": switchedOff("kvm_amd.npt"),
    "kvm.nrips_off": switchedOff("kvm_amd.nrips"),
    "kvm.lbrv_off": switchedOff("kvm_amd.lbrv"),
    "kvm.mmio_caching_off": switchedOff("kvm.mmio_caching"),
  ]
}
