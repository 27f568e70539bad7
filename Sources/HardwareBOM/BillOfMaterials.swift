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
    let parts = FleetParts()
    let exposures = Exposures()
    for host in hosts {
      let own = HostParts(host)
      parts.add(own, as: showsHosts ? Self.component(of: host) : nil)
      if hasVulnerabilities { exposures.add(host, own) }
    }
    var members: [String: JSONValue] = [
      "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX",
      "specVersion": "1.6", "version": 1, "metadata": metadata(subject(parts)),
      "components": .array(components(parts)), "dependencies": .array(dependencies(parts)),
    ]
    if hasVulnerabilities { members["vulnerabilities"] = .array(exposures.json(isFleet: isFleet)) }
    members["serialNumber"] = .string(Self.serialNumber(of: .object(members)))
    return .object(members)
  }

  private static func component(of host: HardwareHost) -> Component {
    Component(
      "host", .device, host.name ?? "host", properties: ["hostcap:observed-at": host.observedAt])
  }

  private func subject(_ parts: FleetParts) -> JSONValue {
    guard isFleet else { return parts.machines.first?.json() ?? .null }
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
    var all: [String: JSONValue] = [:]
    for (part, quantity) in parts.quantities where isFleet || !parts.machines.contains(part) {
      all[part.reference] = part.json(
        quantity: quantity > 0 ? quantity : nil, hosts: isFleet ? parts.hosts[part] : nil)
    }
    return all.keys.sorted().compactMap { all[$0] }
  }

  private func dependencies(_ parts: FleetParts) -> [JSONValue] {
    var all: [String: [String]] = [:]
    for (parent, children) in parts.dependencies { all[parent.reference] = children.map(\.reference) }
    if isFleet { all["fleet"] = parts.machines.map(\.reference) }
    return all.keys.sorted().map { parent in
      ["ref": .string(parent), "dependsOn": .array((all[parent] ?? []).sorted().map { .string($0) })]
    }
  }

  /// A UUID of version 8: the first 122 bits that are free, of the document's SHA-256. Source: RFC 9562, section 5.8.
  private static func serialNumber(of document: JSONValue) -> String {
    var bytes: [UInt8] = []
    document.write(into: &bytes)
    var digest = Array(SHA256.digest(bytes).prefix(16))
    digest[6] = digest[6] & 0x0f | 0x80
    digest[8] = digest[8] & 0x3f | 0x80
    let groups = [digest[0..<4], digest[4..<6], digest[6..<8], digest[8..<10], digest[10..<16]]
    return "urn:uuid:" + groups.map { Component.digits($0) }.joined(separator: "-")
  }
}
