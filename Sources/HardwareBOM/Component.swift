// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Tape

/// A component of the bill: what it is, told apart by everything that makes it another one.
struct Component: Hashable, Sendable {
  /// Source: CycloneDX 1.6, component.type.
  enum Kind: String, Sendable {
    case device, firmware, deviceDriver = "device-driver", operatingSystem = "operating-system", platform
  }

  /// What it is for: `processor`, `microcode`, `gpu`.
  let function: String
  let kind: Kind
  let name: String
  var manufacturer: String?
  var version: String?
  /// Names and values. Source: CycloneDX's property taxonomy, cdx:device; ours begin with `hostcap:`.
  var properties: [String: String] = [:]

  init(_ function: String, _ kind: Kind, _ name: String, manufacturer: String? = nil, version: String? = nil)
  {
    (self.function, self.kind, self.name) = (function, kind, name)
    (self.manufacturer, self.version) = (manufacturer, version)
  }

  /// The same for the same component in every document: its function and a digest of what it is.
  var reference: String {
    var bytes: [UInt8] = []
    json(quantity: nil, hosts: nil, withReference: false).write(into: &bytes, indented: false)
    let digest = SHA256.digest(bytes).prefix(8).map { byte in
      let text = String(byte, radix: 16)
      return text.utf8.count == 1 ? "0\(text)" : text
    }
    return "\(function.replacing(" ", with: "-")):\(digest.joined())"
  }

  /// - Parameters:
  ///   - quantity: how many there are; `nil`: that is not known.
  ///   - hosts: on how many hosts; `nil`: the bill is of one.
  func json(quantity: Int?, hosts: Int?, withReference: Bool = true) -> JSONValue {
    var all = properties
    all["cdx:device:function"] = function
    if let quantity { all["cdx:device:quantity"] = String(quantity) }
    if let hosts { all["hostcap:hosts"] = String(hosts) }
    var members: [String: JSONValue] = [
      "type": .string(kind.rawValue), "name": .string(name),
      "properties": .array(
        all.sorted { $0.key < $1.key }.map { ["name": .string($0.key), "value": .string($0.value)] }),
    ]
    if withReference { members["bom-ref"] = .string(reference) }
    if let manufacturer { members["manufacturer"] = ["name": .string(manufacturer)] }
    if let version { members["version"] = .string(version) }
    return .object(members)
  }
}
