// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Documents
public import Tape

/// Flavors in a file: the definitions of openstack-flavor-manager, or the list of `openstack flavor list --long -f json`.
public struct FlavorFile: Sendable {
  /// As the user named it.
  public let path: String
  public let format: Format
  /// In the file's order.
  public let flavors: [FlavorDefinition]

  public enum Format: Sendable {
    /// YAML with `reference`, `mandatory` and `recommended`, which `osism manage flavors` takes.
    case flavorManager
    /// What is in the cloud now.
    case listing
  }

  init(path: String, format: Format, flavors: [FlavorDefinition]) {
    (self.path, self.format, self.flavors) = (path, format, flavors)
  }

  /// Throws where the file is neither of the two, or a flavor has no name, or that of another.
  ///
  /// What is merely wrong for Nova or SCS is not refused here: `FlavorLint` finds it.
  public init(_ document: Document) throws(InputError) {
    path = document.path
    if case .list(let nodes) = document.root.kind {
      format = .listing
      flavors = try nodes.map { node throws(InputError) in try FlavorDefinition(listed: node) }
    } else {
      format = .flavorManager
      flavors = try Self.definitions(document.root)
    }
    var lines: [String: Int] = [:]
    for flavor in flavors {
      if let first = lines.updateValue(flavor.line, forKey: flavor.name) {
        throw InputError(path, line: flavor.line, "the flavor \(flavor.name) stands already in line \(first)")
      }
    }
  }
}

extension FlavorExtraSpec.Value {
  init(_ node: DocumentNode) {
    switch node.kind {
    case .text(let text): self = .text(text)
    case .integer(let number): self = .number("\(number)")
    case .fraction(let text): self = .number(text)
    case .boolean(let value): self = .boolean(value)
    case .nothing: self = .nothing
    case .list: self = .list
    case .object: self = .object
    }
  }
}
