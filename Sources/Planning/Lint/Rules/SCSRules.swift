// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Names and extra specs of the Sovereign Cloud Stack. Source: SCS standards scs-0100 v3.3 and scs-0103 v1.2.
enum SCSRules {
  static func confidentialName(_ it: FlavorCase) -> [FlavorFinding] {
    guard it.isConfidential, it.flavor.name.hasPrefix(SCSName.prefix) else { return [] }
    return [
      it.finding(
        .error, "scs_name_confidential", "a name \(SCSName.prefix) has no part for confidential computing",
        fix: "name it otherwise, and put this name into scs:name-v1 and scs:name-v2")
    ]
  }

  static func name(_ it: FlavorCase) -> [FlavorFinding] {
    guard it.flavor.name.hasPrefix(SCSName.prefix) else { return [] }
    return check(
      it, it.flavor.name, parsed: Result { () throws(SCSNameError) in try SCSName.parse(it.flavor.name) },
      at: nil)
  }

  static func variants(_ it: FlavorCase) -> [FlavorFinding] {
    it.flavor.extraSpecs.flatMap { spec -> [FlavorFinding] in
      guard isVariant(spec.key), let text = spec.text, text != it.flavor.name else { return [] }
      let parsed = Result { () throws(SCSNameError) in
        text.contains(":") ? try SCSName.parse(version1: text) : try SCSName.parse(text)
      }
      return check(it, text, parsed: parsed, at: spec.line)
    }
  }

  private static func check(
    _ it: FlavorCase, _ name: String, parsed: Result<SCSName, SCSNameError>, at line: Int?
  ) -> [FlavorFinding] {
    switch parsed {
    case .failure(let error):
      return [
        it.finding(
          .error, "scs_name_invalid", line: line, "\(name): \(error)",
          fix: "write a name of the standard"
            + (line == nil ? ", or one that does not begin with \(SCSName.prefix)" : ""))
      ]
    case .success(let scs):
      return compare(it, name, sizes(scs, it.flavor), at: line)
    }
  }

  /// A variant may promise less: that is what the short ones are for.
  private static func compare(
    _ it: FlavorCase, _ name: String, _ sizes: [Size], at line: Int?
  ) -> [FlavorFinding] {
    var found: [FlavorFinding] = []
    let over = sizes.filter { $0.promised > $0.given }.map(\.sentence)
    if !over.isEmpty {
      found.append(
        it.finding(
          .error, "scs_name_overstated", line: line, "\(name) promises \(over.joined(separator: ", "))",
          fix: "give the flavor what the name promises, or promise less"))
    }
    let under = sizes.filter { $0.promised < $0.given }.map(\.sentence)
    if !under.isEmpty, line == nil {
      found.append(
        it.finding(
          .warning, "scs_name_understated", "\(name) promises only \(under.joined(separator: ", "))",
          fix: "promise what the flavor has"))
    }
    return found
  }

  private struct Size {
    let unit: String
    let promised, given: Int
    /// Of what is promised and given.
    let scale: Int

    var sentence: String { "\(text(promised)) \(unit) where the flavor has \(text(given))" }

    private func text(_ value: Int) -> String {
      let hundredths = value * 100 / scale
      let fraction = hundredths % 100
      return "\(hundredths / 100)"
        + (fraction == 0 ? "" : ".\(fraction / 10)" + (fraction % 10 == 0 ? "" : "\(fraction % 10)"))
    }
  }

  /// Of those that the flavor has and the name speaks of. No disk in the name is 0.
  private static func sizes(_ name: SCSName, _ flavor: FlavorDefinition) -> [Size] {
    let disk = name.disk.map(\.sizeGB) ?? 0
    let all: [(String, Int?, Int?, Int)] = [
      ("vCPUs", name.cpus, flavor.cpus, 1), ("GiB of RAM", name.ramHalfGiB * 512, flavor.ramMiB, 1024),
      ("GB of disk", disk, flavor.diskGB, 1),
    ]
    return all.compactMap { unit, promised, given, scale in
      guard let promised, let given else { return nil }
      return Size(unit: unit, promised: promised, given: given, scale: scale)
    }
  }

  static func keys(_ it: FlavorCase) -> [FlavorFinding] {
    it.flavor.extraSpecs.filter { $0.name.namespace == "scs" && !isVariant($0.key) }.compactMap { spec in
      guard let values = values(of: spec.key) else {
        return it.finding(
          .error, "scs_key_unknown", line: spec.line,
          "the standard has no \(spec.key), and its tool deletes it",
          fix: "write scs:cpu-type, scs:disk0-type, scs:name-v1, or a key with a prefix of your own")
      }
      guard let text = spec.text, !values.contains(text) else { return nil }
      return it.finding(
        .error, "scs_value", line: spec.line, "\(spec.key) is not \(text)",
        fix: "write one of \(values.joined(separator: ", "))")
    }
  }

  /// `nil`: no such key.
  private static func values(of key: String) -> [String]? {
    if key == "scs:cpu-type" { return SCSName.CPUType.allCases.map(\.extraSpec) }
    guard key.hasPrefix("scs:disk"), key.hasSuffix("-type"), isNumber(key.dropFirst(8).dropLast(5)) else {
      return nil
    }
    return SCSName.DiskType.allCases.map(\.extraSpec)
  }

  /// `scs:name-vN`, N from 1 on.
  private static func isVariant(_ key: String) -> Bool {
    let number = key.dropFirst("scs:name-v".count)
    return key.hasPrefix("scs:name-v") && isNumber(number) && number != "0"
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber } && (text.count == 1 || text.first != "0")
  }
}
