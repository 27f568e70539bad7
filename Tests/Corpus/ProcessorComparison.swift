// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel

/// What a dump's registers, or another program's words about a processor, come to.
enum ProcessorComparison {
  /// Our fact, theirs.
  private static let registers = [
    ("cpu.vendor", "vendor"), ("cpu.family", "family"), ("cpu.model", "model"), ("cpu.stepping", "stepping"),
    ("cpu.signature", "signature"), ("cpu.hypervisor", "hypervisor"), ("cpu.svm", "svm"), ("cpu.vmx", "vmx"),
    ("cpu.physical-address-bits", "phys_bits"), ("cpu.linear-address-bits", "lin_bits"),
    ("cpu.max-basic-leaf", "max_basic"), ("cpu.max-extended-leaf", "max_ext"), ("intel.sgx", "intel.sgx"),
    ("intel.sgx-lc", "intel.sgx_lc"), ("intel.tme", "intel.tme"), ("intel.pconfig", "intel.pconfig"),
    ("intel.sgx1", "intel.sgx1"), ("intel.sgx2", "intel.sgx2"), ("amd.sme", "amd_mem_enc.sme"),
    ("amd.sev", "amd_mem_enc.sev"), ("amd.sev-es", "amd_mem_enc.sev_es"),
    ("amd.sev-snp", "amd_mem_enc.sev_snp"),
    ("amd.vmpl", "amd_mem_enc.vmpl"), ("amd.c-bit", "amd_mem_enc.c_bit"),
    ("amd.physical-address-reduction", "amd_mem_enc.phys_addr_reduction"),
    ("amd.vmpl-count", "amd_mem_enc.num_vmpl"), ("amd.sev.max-asid", "amd_mem_enc.max_encrypted_guests"),
    ("amd.sev.min-asid", "amd_mem_enc.min_sev_asid"),
    ("amd.sev.guests", "amd_mem_enc.libvirt_maxGuests"),
    ("amd.sev-es.guests", "amd_mem_enc.libvirt_maxESGuests"),
  ]

  static let ladders = ["amd.sme": "sme", "amd.sev": "sev", "amd.sev-es": "sev_es", "amd.sev-snp": "sev_snp"]

  static func compare(_ facts: Expected, _ report: HostReport) -> [Comparison] {
    var all: [Comparison] = []
    if facts.has("signature") { all += compareRegisters(facts, report) }
    if facts.has("model_name") {
      all += compareWords(facts, report, brand: "model_name", vendor: "vendor_id")
    }
    if facts["cpuinfo"].isThere {
      all += compareWords(facts["cpuinfo"], report, brand: "model_name", vendor: "vendor_id")
    }
    if facts.has("sockets") { all += compareWords(facts, report, brand: "model", vendor: "vendor") }
    if facts["cpu_modalias"].isThere { all += compareAlias(facts["cpu_modalias"], report) }
    if let processor = facts["cpu"].list?.first?.list, processor.count == 3 {
      all += compareFlags(processor[2].strings ?? [], report)
      all.append(Comparison(field: "brand", expected: processor[0].text, got: report.text("cpu.brand")))
    }
    return all
  }

  private static func compareRegisters(_ facts: Expected, _ report: HostReport) -> [Comparison] {
    var all: [Comparison] = registers.compactMap { fact, theirs in
      let expected = facts[theirs]
      guard expected.isThere else { return nil }
      // No guests where there is no feature: we leave the number out, libvirt prints 0.
      let none = fact.hasSuffix(".guests") && report.text(String(fact.dropLast(7))) == "false" ? "0" : nil
      return Comparison(
        field: theirs, expected: expected.text.map(folded), got: (report.text(fact) ?? none).map(folded))
    }
    all.append(
      Comparison(field: "brand", expected: facts["brand"].text.map(folded), got: report.text("cpu.brand")))
    let encryption = facts["amd_mem_enc"]
    for (ladder, bit) in ladders.sorted(by: { $0.key < $1.key }) {
      let isHeld = report.holdsSilicon(ladder)
      // A guest's registers are its hypervisor's; no host rung may fail for them.
      if encryption[bit].text == "true" || isHeld {
        all.append(
          Comparison(
            field: "silicon \(ladder)", expected: encryption[bit].text, got: isHeld ? "true" : "false"))
      }
    }
    if let sections = facts["intel.epc_sections"].list {
      let got = if case .list(let list) = report.fact("intel.sgx.epc-sections") { list.count } else { 0 }
      all.append(Comparison(field: "intel.epc_sections", expected: "\(sections.count)", got: "\(got)"))
    }
    return all
  }

  private static func compareWords(
    _ facts: Expected, _ report: HostReport, brand: String, vendor: String
  ) -> [Comparison] {
    var all = compareFlags(facts["flags"].strings ?? [], report)
    let pairs = [(vendor, "cpu.vendor"), (brand, "cpu.brand"), ("phys_bits", "cpu.physical-address-bits")]
    for (theirs, ours) in pairs where facts[theirs].isThere {
      all.append(
        Comparison(
          field: theirs, expected: facts[theirs].text.map(folded), got: report.text(ours).map(folded)))
    }
    return all
  }

  /// The kernel clears the flag of what the firmware has off, so a missing one only may not become a yes.
  private static func compareFlags(_ flags: [String], _ report: HostReport) -> [Comparison] {
    var all: [Comparison] = []
    for flag in ["svm", "vmx", "hypervisor"]
    where flags.contains(flag) || report.text("cpu.\(flag)") == "true" {
      all.append(
        Comparison(
          field: "flag \(flag)", expected: "\(flags.contains(flag))", got: report.text("cpu.\(flag)")))
    }
    let isGuest = if case .guest = report.environment.kind { true } else { false }
    for (ladder, flag) in ladders.sorted(by: { $0.key < $1.key }) where !isGuest {
      let isHeld = report.holdsSilicon(ladder)
      guard flags.contains(flag) || isHeld else { continue }
      all.append(Comparison(field: "flag \(flag)", expected: "\(flags.contains(flag))", got: "\(isHeld)"))
    }
    return all
  }

  private static func compareAlias(_ facts: Expected, _ report: HostReport) -> [Comparison] {
    let pairs = [("family", "cpu.family"), ("model", "cpu.model")]
    return compareFlags(facts["kernel_flags"].strings ?? [], report)
      + pairs.map { Comparison(field: $0, expected: facts[$0].text, got: report.text($1)) }
  }

  /// Runs of blanks as one: some makers pad the name.
  static func folded(_ text: String) -> String { text.split(separator: " ").joined(separator: " ") }
}

extension HostReport {
  /// A fact as one text.
  func text(_ id: String) -> String? {
    switch fact(id) {
    case .flag(let flag): "\(flag)"
    case .count(let count): "\(count)"
    case .text(let text): text
    case .list(let list): list.joined(separator: ",")
    case nil: nil
    }
  }

  /// Whether the rung that says that the processor can was passed.
  func holdsSilicon(_ ladder: String) -> Bool {
    climb(ladder)?.steps.first { $0.rung.id == "silicon" }?.judgement.verdict == .pass
  }
}
