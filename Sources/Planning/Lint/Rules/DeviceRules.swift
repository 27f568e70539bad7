// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Devices of the host that a flavor asks for.
enum DeviceRules {
  /// Whether the extra spec hands a device of the host to the guest, or part of one.
  static func attaches(_ spec: FlavorExtraSpec) -> Bool {
    if ["pci_passthrough:alias", "accel:device_profile"].contains(spec.key) { return true }
    let name = spec.name
    return name.namespace == "resources" && spec.text != "0"
      && (name.name.hasPrefix("CUSTOM_PCI_") || ["VGPU", "PGPU", "FPGA"].contains(name.name))
  }

  /// Source: Nova 34.0.0, nova/pci/request.py and the validator of the key; a count of 0 is no device.
  static func alias(_ it: FlavorCase) -> [FlavorFinding] {
    guard let spec = it.flavor.extraSpec("pci_passthrough:alias"), let text = spec.text else { return [] }
    let requests = text.split(separator: ",", omittingEmptySubsequences: false)
    if requests.allSatisfy(isRequest) { return [] }
    return [
      it.finding(
        .error, "alias_shape", line: spec.line,
        "\(text) asks for no device: \(it.nova) starts no such guest, or one without",
        fix: "write the alias and a count: name:1, and a comma before the next")
    ]
  }

  /// Blanks around the name and the count do not matter.
  private static func isRequest(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].contains(where: { $0 != " " }) else { return false }
    let counts = parts[1].split(separator: " ")
    return counts.count == 1 && counts[0].allSatisfy(\.isNumber) && (Int(counts[0]) ?? 0) > 0
  }

  /// Inferred from Nova's code: it attaches what aliases ask for, and mediated devices of a class that it was told.
  static func withoutAlias(_ it: FlavorCase) -> [FlavorFinding] {
    if it.flavor.extraSpec("pci_passthrough:alias") != nil { return [] }
    let reserved = it.flavor.extraSpecs.filter { spec in
      let words = spec.name.name.split(separator: "_")
      return spec.name.namespace == "resources" && words.first == "CUSTOM" && spec.text != "0"
        && (words.dropFirst().first == "PCI" || words.contains("GPU"))
    }
    return reserved.map { spec in
      it.finding(
        .warning, "devices_without_alias", line: spec.line,
        "\(spec.key) alone reserves a device and attaches none", fix: "ask with pci_passthrough:alias: name:1"
      )
    }
  }
}
