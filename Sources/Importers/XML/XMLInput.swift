// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Markup
import Tape

/// XML of every kind: told apart by the name of the outermost element.
enum XMLInput {
  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    let documents: [(line: Int, element: XMLElement)]
    do { documents = try XMLElement.parseAll(XMLElement.repairedUTF8(input.bytes)) } catch {
      throw input.error(line: error.line, error.reason)
    }
    guard let first = documents.first?.element else { throw input.error("XML without an element") }
    if documents.count > 1 {
      guard documents.allSatisfy({ $0.element.name == "device" }) else {
        throw input.error(line: documents[1].line, "a second document begins")
      }
      return try NodeDevices.read(documents.map(\.element), input)
    }
    switch first.name {
    case "cpudata": return try LibvirtCPUID.read(first, input)
    case "device": return try NodeDevices.read([first], input)
    case "capabilities": return LibvirtDocuments.read(.capabilities, input)
    case "domainCapabilities": return LibvirtDocuments.read(.domainCapabilities, input)
    case "node" where !first.all("device").isEmpty: return try NodeDevices.read(first.all("device"), input)
    default:
      guard let known = otherFormats[first.name] else {
        throw input.error("XML whose outermost element, \(first.name.prefix(40)), is none hostcap knows")
      }
      throw Format.nothingToJudge(input, known)
    }
  }

  /// Documents of the same field that say nothing about what a host can do for guests.
  private static let otherFormats = [
    "topology": "hwloc topology XML", "cpu": "libvirt CPU model XML",
    "qemuCaps": "libvirt QEMU capabilities cache",
    "list": "lshw XML", "node": "lshw XML or a libvirt test driver's without devices",
    "domain": "libvirt domain XML",
    "network": "libvirt network XML", "pool": "libvirt storage pool XML", "cpus": "libvirt CPU model XML",
  ]
}
