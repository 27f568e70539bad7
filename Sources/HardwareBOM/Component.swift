// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Tape

/// A component of the bill: what it is, told apart by everything that makes it another one.
///
/// A class, for it goes from one list into another, and the agent is to stay small.
final class Component: Hashable, Sendable {
  /// Source: CycloneDX 1.6, component.type.
  enum Kind: String, Sendable {
    case device, firmware
    case deviceDriver = "device-driver"
    case operatingSystem = "operating-system"
  }

  /// What it is for: `processor`, `microcode`, `gpu`.
  let function: String
  let version: String?
  private let kind: Kind
  private let name: String
  private let manufacturer: String?
  /// Source: CycloneDX's property taxonomy, cdx:device; ours begin with `hostcap:`.
  private let properties: [String: String]
  /// All of it on one line.
  private let identity: String

  /// - Parameter properties: those that are not known are left out.
  init(
    _ function: String, _ kind: Kind, _ name: String, manufacturer: String? = nil, version: String? = nil,
    properties: [String: String?] = [:]
  ) {
    (self.function, self.kind, self.name) = (function, kind, name)
    (self.manufacturer, self.version) = (manufacturer, version)
    let known = properties.compactMapValues { $0 }
    self.properties = known
    var words = [function, kind.rawValue, name, manufacturer ?? "", version ?? ""]
    for key in known.keys.sorted() { words += [key, known[key] ?? ""] }
    identity = words.joined(separator: "\u{1f}")
  }

  static func == (a: Component, b: Component) -> Bool { a.identity == b.identity }
  func hash(into hasher: inout Hasher) { hasher.combine(identity) }

  /// The same for the same component in every document: its function and a digest of what it is.
  var reference: String {
    let digest = SHA256.digest(Array(identity.utf8)).prefix(8)
    return "\(function.replacing(" ", with: "-")):\(Self.digits(digest))"
  }

  static func digits(_ bytes: ArraySlice<UInt8>) -> String {
    let alphabet = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 0xf)]] }, as: UTF8.self)
  }

  /// - Parameters:
  ///   - quantity: how many there are; `nil`: that is not known.
  ///   - hosts: on how many hosts; `nil`: the bill is of one.
  func json(quantity: Int? = nil, hosts: Int? = nil) -> JSONValue {
    var all = properties
    all["cdx:device:function"] = function
    if let quantity { all["cdx:device:quantity"] = String(quantity) }
    if let hosts { all["hostcap:hosts"] = String(hosts) }
    var members: [String: JSONValue] = [
      "type": .string(kind.rawValue), "name": .string(name), "bom-ref": .string(reference),
      "properties": .array(
        all.keys.sorted().map { ["name": .string($0), "value": .string(all[$0] ?? "")] }),
    ]
    if let manufacturer { members["manufacturer"] = ["name": .string(manufacturer)] }
    if let version { members["version"] = .string(version) }
    return .object(members)
  }
}
