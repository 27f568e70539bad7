// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What openstack-flavor-manager makes of a definition. Source: version 0.20261007.0, as observed.
enum FileRules {
  /// One such value or key, and Nova refuses all of the flavor's extra specs at once.
  static func refusedExtraSpecs(_ it: FlavorCase) -> [FlavorFinding] {
    it.flavor.extraSpecs.compactMap { spec in
      guard let (what, fix) = refusal(spec) else { return nil }
      let plain = it.isConfidential || it.claim != nil ? ", and its guests are not encrypted" : ""
      return it.finding(
        .error, "extra_specs_refused", line: spec.line,
        "\(what): Nova refuses all extra specs of the flavor, which is created without any of them\(plain)",
        fix: fix)
    }
  }

  /// Source: Nova 34.0.0, schema of a flavor's extra specs; the same in 31.3.1.
  private static func refusal(_ spec: FlavorExtraSpec) -> (what: String, fix: String)? {
    if let unusable = spec.unusable {
      let quoted = spec.text.map { "write \(spec.key): \"\($0)\"" }
      return ("\(spec.key) is \(unusable), not text or a number", quoted ?? "write text, in quotes")
    }
    let isKey =
      spec.key.utf8.count <= 255
      && spec.key.utf8.allSatisfy { character in
        "-_:. ".utf8.contains(character) || Character(UnicodeScalar(character)).isASCIIWord
      }
    if !isKey { return ("\(spec.key) is no key", "write up to 255 of A-Z, a-z, 0-9, -, _, :, . and blank") }
    guard let text = spec.text, text.unicodeScalars.count > 255 else { return nil }
    return ("\(spec.key) is longer than 255 characters", "write less")
  }

  static func missingSizes(_ it: FlavorCase) -> [FlavorFinding] {
    guard it.format == .flavorManager else { return [] }
    let missing = [("cpus", it.flavor.cpus), ("ram", it.flavor.ramMiB)].filter { $0.1 ?? 0 == 0 }.map(\.0)
    if missing.isEmpty { return [] }
    return [
      it.finding(
        .error, "size_missing", "without \(missing.joined(separator: " and ")) the flavor is not created",
        fix: "write \(missing.map { "\($0): a number above 0" }.joined(separator: ", "))")
    ]
  }

  static func ignoredKeys(_ it: FlavorCase) -> [FlavorFinding] {
    let disabled = it.flavor.disabledLine.map { line in
      it.finding(
        .warning, "disabled_ignored", line: line, "disabled is not read: the flavor is created, and enabled",
        fix: "take the flavor out of the file")
    }
    return (disabled.map { [$0] } ?? [])
      + it.flavor.ignoredKeys.map { ignored in
        let meant = NovaExtraSpecs.keys.lazy.map(\.key).first { isSpelling($0, ignored.key) }
        return it.finding(
          .warning, "key_ignored", line: ignored.line,
          "\(ignored.key) is not read: an extra spec has a colon in its key",
          fix: meant.map { "write \($0)" } ?? "take it away")
      }
  }

  /// An image's property has `_` where a flavor's extra spec has `:`.
  private static func isSpelling(_ key: String, _ word: String) -> Bool {
    key.count == word.count && zip(key, word).allSatisfy { $0 == $1 || $0 == ":" }
  }

  /// GiB, the limit that OSISM's command does not let raise.
  private static let recommendedRAM = 32

  static func leftOut(_ it: FlavorCase) -> [FlavorFinding] {
    guard it.flavor.section == .recommended, let ram = it.flavor.ramMiB, ram > recommendedRAM << 10 else {
      return []
    }
    return [
      it.finding(
        .warning, "recommended_left_out",
        "recommended flavors with more than \(recommendedRAM) GiB of RAM are left out, and OSISM cannot raise that",
        fix: "move it to mandatory")
    ]
  }
}

extension Character {
  fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isNumber) }
}
