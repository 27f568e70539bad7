// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension FlavorCase {
  /// Why guests are not encrypted though somebody thinks that they are.
  enum Plain: Sendable {
    /// The model stands alone.
    case model(FlavorExtraSpec)
    /// `hw:mem_encryption` is a text that Nova reads as no.
    case unreadable(FlavorExtraSpec)
    /// A provider of encrypted guests' memory is asked for, and nothing else.
    case provider(FlavorExtraSpec)
    /// Only the name says so.
    case name(NameClaim)
  }

  /// `nil`: they are encrypted, or nobody thinks so, or Nova takes the value for no value at all.
  var plain: Plain? {
    if isEncrypted { return nil }
    if let encryption {
      guard let text = encryption.text else { return nil }
      if ExtraSpecKind.boolean(text) == nil, model != nil || claim != nil { return .unreadable(encryption) }
    }
    if let model { return .model(model) }
    if let provider = flavor.extraSpecs.first(where: Self.asksForProvider) { return .provider(provider) }
    return claim.map(Plain.name)
  }

  private static func asksForProvider(_ spec: FlavorExtraSpec) -> Bool {
    let name = spec.name
    return name.namespace == "resources" && name.name == "MEM_ENCRYPTION_CONTEXT" && spec.text != "0"
      || name.namespace == "trait" && providerTraits.contains(name.name) && spec.text == "required"
  }

  /// The first is an older name of the second. Source: os-traits 3.9.0.
  private static let providerTraits = ["HW_CPU_AMD_SEV"] + MemoryEncryption.allCases.map(\.novaTrait)
}
