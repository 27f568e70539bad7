// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Documents
internal import Tape

extension FlavorDefinition {
  /// Source: `openstack flavor list --long -f json`; osc-lib 4, format_dict(), for the properties as text.
  init(listed node: DocumentNode) throws(InputError) {
    let flavor = try node.object("a flavor")
    name = try flavor.required("Name", "a flavor in a list").text("Name")
    line = node.line
    cpus = try flavor["VCPUs"]?.integer("VCPUs", in: Self.sizes)
    ramMiB = try flavor["RAM"]?.integer("RAM", in: Self.sizes)
    diskGB = try flavor["Disk"]?.integer("Disk", in: Self.sizes)
    isPublic = try flavor["Is Public"]?.boolean("Is Public")
    (section, disabledLine, ignoredKeys) = (.listed, nil, [])
    guard let properties = flavor.entries.first(where: { $0.key == "Properties" }) else {
      throw InputError(
        flavor.path, line: flavor.line, "a flavor in a list needs Properties: list with --long")
    }
    switch properties.value.kind {
    case .nothing: extraSpecs = []
    case .object(let entries):
      extraSpecs = entries.map {
        FlavorExtraSpec(key: $0.key, value: FlavorExtraSpec.Value($0.value), line: $0.line)
      }
    case .text(let text):
      guard let pairs = Self.properties(text) else {
        throw properties.value.refusal("Properties as text have the form key='value', key='value'")
      }
      extraSpecs = pairs.map { FlavorExtraSpec(key: $0.0, value: .text($0.1), line: properties.line) }
    default: throw properties.value.refusal("Properties has to be an object: key: value")
    }
  }

  /// A value may hold quotes: it ends at one that the end or the next pair follows. `nil`: another form.
  private static func properties(_ text: String) -> [(String, String)]? {
    var pairs: [(String, String)] = []
    var rest = text[...]
    while !rest.isEmpty {
      guard let start = rest.firstRange(of: "='") else { return nil }
      let key = String(rest[..<start.lowerBound])
      rest = rest[start.upperBound...]
      let end = rest.firstRange(of: "', ")
      guard end != nil || rest.hasSuffix("'") else { return nil }
      pairs.append((key, String(end.map { rest[..<$0.lowerBound] } ?? rest.dropLast())))
      rest = end.map { rest[$0.upperBound...] } ?? ""
    }
    return pairs
  }
}
