// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A flavor before one release: what the rules ask.
struct FlavorCase: Sendable {
  let flavor: FlavorDefinition
  let format: FlavorFile.Format
  let release: OpenStackRelease
  /// `hw:mem_encryption`; `nil`: not there.
  let encryption: FlavorExtraSpec?
  /// `hw:mem_encryption_model`; `nil`: not there, or empty, which Nova takes for not there.
  let model: FlavorExtraSpec?
  /// What the name makes people believe.
  let claim: NameClaim?

  init(_ flavor: FlavorDefinition, format: FlavorFile.Format, release: OpenStackRelease) {
    (self.flavor, self.format, self.release) = (flavor, format, release)
    encryption = flavor.extraSpec("hw:mem_encryption")
    model = flavor.extraSpec("hw:mem_encryption_model").flatMap { $0.text?.isEmpty == false ? $0 : nil }
    claim = NameClaim(flavor.name)
  }

  /// Whether Nova reads that memory encryption is asked for. A boolean counts as what was meant: another rule has it.
  var isEncrypted: Bool { encryption?.text.flatMap(ExtraSpecKind.boolean) == true }

  /// Whether somebody wants encrypted guests, be it that they get them or not.
  var isConfidential: Bool { isEncrypted || model != nil }

  /// The kind of guest that the flavor asks for; `nil`: none, or a model that nobody knows.
  var kind: MemoryEncryption? {
    guard let model else { return isEncrypted ? .sev : nil }
    return MemoryEncryption.allCases.first { $0.model == model.text }
  }

  /// `Nova 33 (2026.1)`.
  var nova: String { "Nova \(release.nova) (\(release.id))" }

  /// What a value holds of line breaks and other controls is written as blanks.
  ///
  /// - Parameter line: `nil`: the flavor's own.
  func finding(
    _ severity: FlavorFinding.Severity, _ rule: String, line: Int? = nil, _ message: String, fix: String
  ) -> FlavorFinding {
    FlavorFinding(
      flavor: flavor.name, line: line ?? flavor.line, severity: severity, rule: "flavor.\(rule)",
      message: Self.oneLine(message), fix: Self.oneLine(fix))
  }

  private static func oneLine(_ text: String) -> String {
    let isControl: (Unicode.Scalar) -> Bool = { $0.properties.generalCategory == .control }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
  }
}
