// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
public import CanonicalJSON
internal import HostModel
internal import Tape

/// A hardware bill of materials of a host or of a fleet, as CycloneDX 1.6.
///
/// The same hosts give the same bytes: references are digests of what they name, the serial number is one of the whole
/// document, and the time is that of the latest report. It holds no serial number, hardware address or UUID, for reports
/// hold none, and names hosts only if that is asked for. Source: ECMA-424 (CycloneDX 1.6), JSON schema.
public struct BillOfMaterials: Sendable {
  private let hosts: [HardwareHost]
  private let isFleet, showsHosts, hasVulnerabilities: Bool

  /// - Parameter host: by itself; its own machine is what the document describes.
  public init(of host: HardwareHost, vulnerabilities: Bool = true) {
    (hosts, isFleet, showsHosts, hasVulnerabilities) = ([host], false, false, vulnerabilities)
  }

  /// - Parameter showingHosts: a component for each host, with its name, beside what it is made of.
  public init(ofFleet hosts: [HardwareHost], showingHosts: Bool = false, vulnerabilities: Bool = true) {
    (self.hosts, isFleet, showsHosts, hasVulnerabilities) = (hosts, true, showingHosts, vulnerabilities)
  }

  public var json: JSONValue {
    var parts = FleetParts()
    var exposures = Exposures()
    for host in hosts {
      let own = HostParts(host)
      parts.add(own, as: showsHosts ? Self.component(of: host) : nil)
      if hasVulnerabilities { exposures.add(host, own) }
    }
    let subject = subject(parts)
    let subjectReference = isFleet ? "fleet" : parts.machines.first?.reference ?? "host"
    var members: [String: JSONValue] = [
      "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX",
      "specVersion": "1.6",
      "version": 1, "metadata": metadata(subject), "components": .array(components(parts)),
      "dependencies": .array(dependencies(parts, below: subjectReference)),
    ]
    if hasVulnerabilities {
      members["vulnerabilities"] = .array(exposures.json(hosts: isFleet))
    }
    members["serialNumber"] = .string(Self.serialNumber(of: .object(members)))
    return .object(members)
  }

  private static func component(of host: HardwareHost) -> Component {
    var component = Component("host", .device, host.name ?? "host")
    component.properties["hostcap:observed-at"] = host.observedAt
    return component
  }

  private func subject(_ parts: FleetParts) -> JSONValue {
    guard isFleet else { return parts.machines.first?.json(quantity: nil, hosts: nil) ?? .null }
    return [
      "bom-ref": "fleet", "type": "platform", "name": "fleet",
      "properties": [["name": "hostcap:hosts", "value": .string(String(hosts.count))]],
    ]
  }

  private func metadata(_ subject: JSONValue) -> JSONValue {
    var members: [String: JSONValue] = [
      "lifecycles": [["phase": "operations"]],
      "tools": [
        "components": [
          ["type": "application", "name": "hostcap", "version": .string(HostReport.productVersion)]
        ]
      ],
      "component": subject,
    ]
    if let latest = hosts.compactMap(\.observedAt).max() { members["timestamp"] = .string(latest) }
    return .object(members)
  }

  private func components(_ parts: FleetParts) -> [JSONValue] {
    let inside = isFleet ? parts.totals : parts.totals.filter { !parts.machines.contains($0.key) }
    return inside.map {
      ($0.key.reference, $0.key.json(quantity: $0.value.quantity, hosts: isFleet ? $0.value.hosts : nil))
    }
    .sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func dependencies(_ parts: FleetParts, below subject: String) -> [JSONValue] {
    var all = Dictionary(
      parts.dependencies.map { ($0.key.reference, Set($0.value.map(\.reference))) }
    ) { $0.union($1) }
    if isFleet { all[subject] = Set(parts.machines.map(\.reference)) }
    return all.sorted { $0.key < $1.key }.map { parent, children in
      ["ref": .string(parent), "dependsOn": .array(children.sorted().map(JSONValue.string))]
    }
  }

  /// A UUID of version 8: the first 122 bits that are free, of the document's SHA-256. Source: RFC 9562, section 5.8.
  private static func serialNumber(of document: JSONValue) -> String {
    var bytes: [UInt8] = []
    document.write(into: &bytes)
    var digest = Array(SHA256.digest(bytes).prefix(16))
    digest[6] = digest[6] & 0x0f | 0x80
    digest[8] = digest[8] & 0x3f | 0x80
    let digits = digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    let groups = [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]]
    return "urn:uuid:" + groups.map { $0.joined() }.joined(separator: "-")
  }
}
