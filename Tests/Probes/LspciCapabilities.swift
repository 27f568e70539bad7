// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel

/// What `lspci -vvv` prints of one function's capabilities: by field, each value it has in turn. A field that this
/// lspci does not print is not there.
struct LspciCapabilities {
  private(set) var fields: [String: [String]] = [:]
  /// The capability that the lines belong to, and of PCI Express the register.
  private var section = ""
  private var register = ""

  /// By address; a domain is added where lspci left it out.
  static func parse(_ output: String) -> [String: LspciCapabilities] {
    var all: [String: LspciCapabilities] = [:]
    var current = ""
    for line in output.split(separator: "\n") {
      let first = line.prefix { $0 != " " }
      let name = first.count == 7 ? "0000:\(first)" : String(first)
      if PCIAddress(name) != nil {
        current = name
        all[current] = LspciCapabilities()
      } else if line.first?.isWhitespace == true {
        all[current]?.take(line.drop { $0.isWhitespace })
      }
    }
    return all
  }

  private static let kinds = [
    ("Single Root I/O Virtualization", "sriov"), ("Access Control Services", "acs"),
    ("Alternative Routing-ID", "ari"), ("Address Translation Service", "ats"),
    ("Page Request Interface", "pri"), ("Process Address Space ID", "pasid"),
    ("Physical Resizable BAR", "rebar"), ("Virtual Resizable BAR", "vfrebar"),
    ("Data Object Exchange", "doe"), ("Integrity & Data Encryption", "ide"),
    ("Extended Capability ID 0x30", "ide"), ("Designated Vendor-Specific", "dvsec"), ("] Express", "express"),
  ]

  private mutating func take(_ line: Substring) {
    if line.hasPrefix("Capabilities: [") {
      section = Self.kinds.first { line.contains($0.0) }?.1 ?? ""
      register = ""
      if !section.isEmpty { add("present", section) }
      if section == "express", let type = line.firstRange(of: " (v") {
        add("type", line[type.upperBound...].dropFirst(3).prefix { !",(".contains($0) }.trimmed)
      }
      if section == "dvsec" {
        let values = ["Vendor=", "ID=", "Rev=", "Len="].compactMap { line.value($0) }
        if values.count == 4 { add("dvsec", values.joined(separator: " ")) }
      }
      return
    }
    switch section {
    case "express": express(line)
    case "acs":
      guard line.hasPrefix("ACSC") else { return }
      let set = line.split(whereSeparator: \.isWhitespace).filter { $0.hasSuffix("+") }
      add(String(line.prefix(6)), set.map { $0.dropLast() }.joined(separator: " "))
    case "rebar", "vfrebar":
      let words = line.split(whereSeparator: { " :,".contains($0) })
      guard words.first == "BAR", words.count > 5 else { return }
      add(section, "\(words[1]) \(Self.bytes(words[4]) ?? 0) \(words[6...].compactMap(Self.bytes))")
    default:
      for (register, label, field) in Self.forms[section] ?? [] where line.hasPrefix(register) {
        if let value = line.value(label) { add(field, value) }
      }
    }
  }

  /// By section: how the line begins, what is before the value, and the field's name.
  private static let forms: [String: [(String, String, String)]] = [
    "ari": [("ARICap", "Next Function: ", "ari-next")],
    "ats": [
      ("ATSCap", "Queue Depth: ", "ats-depth"), ("ATSCtl", "Enable", "ats-enable"),
      ("ATSCtl", "Translation Unit: ", "ats-unit"),
    ],
    "pri": [
      ("PRICtl", "Enable", "pri-enable"), ("Page", "Request Capacity: ", "pri-capacity"),
      ("Page", "Request Allocation: ", "pri-allocation"),
    ],
    "pasid": [
      ("PASIDCap", "Exec", "pasid-execute"), ("PASIDCap", "Priv", "pasid-privileged"),
      ("PASIDCap", "PASID Width: ", "pasid-width"), ("PASIDCtl", "Enable", "pasid-enable"),
    ],
    "doe": [("DOECap", "IntSup", "doe-interrupt")],
    "ide": [
      ("IDECap", "Lnk=", "ide-link"), ("IDECap", "Sel=", "ide-selective"),
      ("IDECap", "TeeLim", "ide-limited"),
    ],
    "sriov": [
      ("IOVCtl", "Enable", "sriov-enable"), ("Initial", "Initial VFs: ", "sriov-initial"),
      ("Initial", "Total VFs: ", "sriov-total"), ("Initial", "Number of VFs: ", "sriov-number"),
      ("VF offset", "VF offset: ", "sriov-offset"), ("VF offset", "stride: ", "sriov-stride"),
      ("VF offset", "Device ID: ", "sriov-device"),
    ],
  ]

  private mutating func express(_ line: Substring) {
    let first = line.prefix { $0 != ":" }
    if first.count < line.count, first.allSatisfy({ $0.isLetter || $0.isNumber }) { register = String(first) }
    switch register {
    case "DevCap":
      if let value = line.value("FLReset") { add("FLReset", value) }
      if let value = line.value("TEE-IO") { add("TEE-IO", value) }
    case "LnkCap", "LnkSta":
      guard let speed = line.firstRange(of: "Speed "), let width = line.value("Width x"), width != "0" else {
        return
      }
      let number = line[speed.upperBound...].prefix { $0.isNumber || $0 == "." }
      if !number.isEmpty { add(register, "\(number) \(width)") }
    case "DevCap2", "DevCtl2":
      if let value = line.value("ARIFwd") { add("\(register) ARIFwd", value) }
    default: break
    }
  }

  private mutating func add(_ field: String, _ value: some StringProtocol) {
    fields[field, default: []].append(String(value))
  }

  /// `256MB`.
  private static func bytes(_ text: Substring) -> UInt64? {
    guard let unit = ["MB", "GB", "TB", "PB", "EB"].firstIndex(where: text.hasSuffix) else { return nil }
    return UInt64(text.dropLast(2)).map { $0 << UInt64(20 + 10 * unit) }
  }
}

/// What we make of the same registers, in lspci's words.
extension LspciCapabilities {
  init(_ space: ConfigSpace, _ all: FunctionCapabilities) {
    func sign(_ flag: Bool) -> String { flag ? "+" : "-" }
    if let express = all.express.value {
      if let type = express.portType { add("type", Self.types[type] ?? "?") }
      if let reset = express.canFunctionLevelReset { add("FLReset", sign(reset)) }
      add("TEE-IO", sign(express.isTEEIOSupported))
      for (name, speed, width) in [
        ("LnkCap", express.link?.maximumSpeedMTps, express.link?.maximumWidth),
        ("LnkSta", express.link?.speedMTps, express.link?.width),
      ] {
        guard let speed, let width else { continue }
        add(name, "\(speed / 1000)\(speed % 1000 == 0 ? "" : ".5") \(width)")
      }
      if let flag = express.isARIForwardingSupported { add("DevCap2 ARIFwd", sign(flag)) }
      if let flag = express.isARIForwardingEnabled { add("DevCtl2 ARIFwd", sign(flag)) }
      add("present", "express")
    }
    if let acs = all.acs.value {
      add("present", "acs")
      add("ACSCap", ACSCapability.services(acs.capability).joined(separator: " "))
      add("ACSCtl", ACSCapability.services(acs.control).joined(separator: " "))
    }
    for (name, bars) in [("rebar", all.resizableBARs), ("vfrebar", all.vfResizableBARs)] {
      guard let bars = bars.value else { continue }
      add("present", name)
      for bar in bars { add(name, "\(bar.index) \(bar.bytes ?? 0) \(bar.supportedBytes)") }
    }
    for dvsec in all.dvsec.value ?? [] {
      add("present", "dvsec")
      add(
        "dvsec",
        "\(digits(dvsec.vendor, width: 4)) \(digits(dvsec.id, width: 4)) \(dvsec.revision) \(dvsec.length)")
    }
    translation(all, sign)
    confidential(all, sign)
    if case .at(let offset) = space.extendedCapability(0x10), let found = SRIOVCapability(space, at: offset) {
      add("present", "sriov")
      add("sriov-enable", sign(found.isEnabled))
      for (field, value) in [
        ("initial", found.initialVFs), ("total", found.totalVFs), ("number", found.numVFs),
        ("offset", found.firstVFOffset), ("stride", found.vfStride),
      ] { add("sriov-\(field)", "\(value)") }
      add("sriov-device", digits(found.vfDevice, width: 4))
    }
  }

  private mutating func translation(_ all: FunctionCapabilities, _ sign: (Bool) -> String) {
    if let ari = all.ari.value {
      add("present", "ari")
      add("ari-next", "\(ari.nextFunction)")
    }
    if let ats = all.ats.value {
      add("present", "ats")
      add("ats-depth", digits(UInt(ats.invalidateQueueDepth % 32), width: 2))
      add("ats-enable", sign(ats.isEnabled))
      add("ats-unit", digits(UInt(ats.smallestTranslationUnit), width: 2))
    }
    if let pri = all.pri.value {
      add("present", "pri")
      add("pri-enable", sign(pri.isEnabled))
      add("pri-capacity", digits(pri.capacity, width: 8))
      add("pri-allocation", digits(pri.allocation, width: 8))
    }
    if let pasid = all.pasid.value {
      add("present", "pasid")
      add("pasid-execute", sign(pasid.isExecuteSupported))
      add("pasid-privileged", sign(pasid.isPrivilegedSupported))
      add("pasid-width", digits(UInt(pasid.width), width: 2))
      add("pasid-enable", sign(pasid.isEnabled))
    }
  }

  private mutating func confidential(_ all: FunctionCapabilities, _ sign: (Bool) -> String) {
    for doe in all.doe.value ?? [] {
      add("present", "doe")
      add("doe-interrupt", sign(doe.isInterruptSupported))
    }
    if let ide = all.ide.value {
      add("present", "ide")
      add("ide-link", "\(ide.linkStreams)")
      add("ide-selective", "\(ide.selectiveStreams)")
      add("ide-limited", sign(ide.isTEELimitedStreamSupported))
    }
  }

  private static let types: [ExpressCapability.PortType: String] = [
    .endpoint: "Endpoint", .legacyEndpoint: "Legacy Endpoint", .rootPort: "Root Port",
    .upstreamPort: "Upstream Port", .downstreamPort: "Downstream Port",
    .bridgeToPCI: "PCI-Express to PCI/PCI-X Bridge", .bridgeFromPCI: "PCI/PCI-X to PCI-Express Bridge",
    .integratedEndpoint: "Root Complex Integrated Endpoint",
    .eventCollector: "Root Complex Event Collector",
  ]
}

extension Substring {
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }

  /// The sign, or the digits, behind a label; `nil`: the label is not there.
  fileprivate func value(_ label: String) -> String? {
    guard let end = firstRange(of: label)?.upperBound, let first = self[end...].first else { return nil }
    if "+-".contains(first) { return String(first) }
    let digits = self[end...].prefix { $0.isHexDigit }
    return digits.isEmpty ? nil : String(digits)
  }
}
