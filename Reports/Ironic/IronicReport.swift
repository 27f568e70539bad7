// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence
public import HostModel
internal import Summary

/// What Ironic's inspection keeps of a node beside its own: `pci_devices` as the agent's collector lists them, and a
/// summary of the report.
///
/// Source: OpenStack ironic-python-agent ironic_python_agent/inspector.py; Ironic's inspection rules read both.
public enum IronicReport: Renderer {
  public static let format = "ironic"
  public static let mediaType = "application/json"

  public static func render(_ report: HostReport, into output: inout [UInt8]) {
    let devices = report.functions.map { function -> JSONValue in
      var device: [String: JSONValue] = ["bus": .string("\(function.address)")]
      if let vendor = function.vendor { device["vendor_id"] = .string(digits(vendor, width: 4)) }
      if let id = function.device { device["product_id"] = .string(digits(id, width: 4)) }
      if let code = function.classCode { device["class"] = .string(digits(code, width: 6)) }
      if let node = function.numaNode { device["numa_node_id"] = .string("\(node)") }
      return .object(device)
    }
    let document: JSONValue = [
      "hostcap": HostSummary(report).json(of: report), "pci_devices": .array(devices),
    ]
    document.write(into: &output)
    output.append(UInt8(ascii: "\n"))
  }
}
