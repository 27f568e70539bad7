// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What becomes of memory encryption.
///
/// Source: nova.virt.hardware.get_mem_encryption_constraint() of Nova 31.3.1, 32.2.1, 33.0.2 and 34.0.0, called with
/// such flavors. An image can ask for encryption too; a flavor must not count on it.
enum EncryptionRules {
  static func notEncrypted(_ it: FlavorCase) -> [FlavorFinding] {
    let add = "write hw:mem_encryption: \"true\""
    switch it.plain {
    case nil: return []
    case .model(let model):
      let message =
        "\(it.nova) reads hw:mem_encryption_model only where hw:mem_encryption is true: "
        + "guests of this flavor are not encrypted"
      return [it.finding(.error, "model_without_encryption", line: model.line, message, fix: add)]
    case .unreadable(let spec):
      let message =
        "\(it.nova) reads hw:mem_encryption \(spec.text ?? "") as no: guests of this flavor are not encrypted"
      return [it.finding(.error, "encryption_not_true", line: spec.line, message, fix: add)]
    case .provider(let spec):
      let message =
        "\(spec.key) places the guest on a host with memory encryption, and \(it.nova) starts it there without"
      return [
        it.finding(
          .error, "provider_without_encryption", line: spec.line, message,
          fix: "\(add); Nova asks for the rest itself")
      ]
    case .name(let claim):
      let message = "the name says \(claim.words), and guests of this flavor are not encrypted"
      return [
        it.finding(.error, "name_says_confidential", message, fix: "\(add), or give the flavor another name")
      ]
    }
  }

  static func model(_ it: FlavorCase) -> [FlavorFinding] {
    guard let spec = it.model, let text = spec.text else { return [] }
    if let kind = it.kind {
      if kind.isUsable(in: it.release) { return [] }
      let release = kind.firstRelease
      let osism = release.flatMap(OSISMRelease.first).map { ", OSISM \($0.id)" } ?? ""
      return [
        it.finding(
          .error, "model_of_later_release", line: spec.line,
          "\(it.nova) has no model \(text): \(outcome(it))",
          fix: release.map { "use it from OpenStack \($0.id)\(osism) on; take the flavor away until then" }
            ?? "no release is known that has it; take the flavor away")
      ]
    }
    let known = MemoryEncryption.allCases.map(\.model)
    let meant = Spelling.nearest(to: text, in: known)
    return [
      it.finding(
        .error, "model_unknown", line: spec.line, "no Nova has a model \(text): \(outcome(it))",
        fix: meant.map { "write \($0)" } ?? "write one of \(known.joined(separator: ", "))")
    ]
  }

  private static func outcome(_ it: FlavorCase) -> String {
    it.release.ignoresUnknownModels
      ? "with hw:mem_encryption true it starts guests with plain SEV, without a word"
      : "with hw:mem_encryption true it refuses to start guests"
  }

  static func nameSaysOther(_ it: FlavorCase) -> [FlavorFinding] {
    guard it.isEncrypted, let claim = it.claim, let kind = it.kind, claim.isDenied(by: kind) else {
      return []
    }
    let gets = it.model == nil ? "without a model \(it.nova) starts plain SEV" : "the model is \(kind.model)"
    return [
      it.finding(
        .error, "name_says_other_model", line: it.model?.line, "the name says \(claim.words), and \(gets)",
        fix: claim.kind.map { "write hw:mem_encryption_model: \($0.model), or give the flavor another name" }
          ?? "give the flavor another name")
    ]
  }

  /// Source: Nova 34.0.0, doc/source/admin/sev.rst: such guests cannot have host devices.
  static func withDevices(_ it: FlavorCase) -> [FlavorFinding] {
    guard it.isConfidential else { return [] }
    return it.flavor.extraSpecs.filter(DeviceRules.attaches).map { spec in
      it.finding(
        .error, "encryption_with_devices", line: spec.line,
        "\(spec.key): guests with encrypted memory cannot have devices of the host",
        fix: "make two flavors, one with encryption and one with devices")
    }
  }

  static func noGuard(_ it: FlavorCase) -> [FlavorFinding] {
    guard it.isConfidential else { return [] }
    let isGuarded = it.flavor.extraSpecs.contains { spec in
      spec.name.namespace == "trait" && spec.name.isCustom && spec.text == "required"
    }
    if isGuarded { return [] }
    let ready = (it.kind ?? .sev).guardTrait
    return [
      it.finding(
        .warning, "no_guard",
        "nothing but Nova's own reading of the extra specs keeps the guest on a host that was checked",
        fix: "write trait:\(ready): required")
    ]
  }

  static func dropped(_ it: FlavorCase) -> [FlavorFinding] {
    guard it.isEncrypted, it.kind == .sevES, it.release.dropsESBesideSNP else { return [] }
    return [
      it.finding(
        .warning, "sev_es_dropped", line: it.model?.line,
        "\(it.nova) offers no SEV-ES on hosts where SEV-SNP is on (CVE-2025-48514)",
        fix: "write hw:mem_encryption_model: amd-sev-snp, or keep hosts without SEV-SNP")
    ]
  }
}

extension MemoryEncryption {
  /// hostcap's own trait of a host that can start such guests: `CUSTOM_HOSTCAP_AMD_SEV_SNP_READY`.
  var guardTrait: String {
    let name = capability.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    return "CUSTOM_HOSTCAP_\(name)_READY"
  }
}
