// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel

/// PCI functions, who is whose virtual function, groups and nodes.
enum FunctionComparison {
  static func compare(_ facts: Expected, _ report: HostReport) -> [Comparison] {
    var all: [Comparison] = []
    for summary in [facts, facts["summary"]] where summary.has("pci_devices") {
      all += compareSummary(summary, report)
    }
    for device in (facts["devices"].list ?? []) + (facts["sriov_or_gpu"].list ?? [])
    where device.has("pci_class") {
      all += compareConfiguration(device, slot: device["slot"].text ?? "", report)
    }
    if facts.has("pci_class"), let only = report.functions.first {
      all += compareConfiguration(facts, slot: only.address.description, report)
    }
    for path in facts["pci_config"].keys.sorted() {
      let slot = path.split(separator: "/").last.map(String.init) ?? ""
      guard path.contains("/bus/pci/devices/") else { continue }
      all += compareConfiguration(
        Expected(value: (facts["pci_config"].value as? [String: Any])?[path]), slot: slot, report)
    }
    for tree in [facts, facts["tree"]] where tree.has("numa_nodes") && tree["numa_nodes"].text != "0" {
      all.append(
        Comparison(field: "numa_nodes", expected: tree["numa_nodes"].text, got: report.text("numa.nodes")))
    }
    if facts["type"].text == "pci" { all += compareNodeDevice(facts, report) }
    return all
  }

  private static func compareSummary(_ facts: Expected, _ report: HostReport) -> [Comparison] {
    let gpus = (facts["gpus"].list ?? []).map { gpu in
      ([address(gpu["slot"].text ?? "-")] + ["cls", "id", "driver", "vf"].map { gpu[$0].text ?? "-" })
        .joined(separator: " ")
    }
    let ours = report.functions.filter(\.isGPU).map { function in
      [
        function.address.description, function.classCode.map { digits($0, width: 6) } ?? "-", id(function),
        function.driver ?? "-", "\(function.physicalFunction != nil)",
      ].joined(separator: " ")
    }
    let virtual = (facts["vfs"].list ?? []).map { ($0["slot"].text ?? $0.text) ?? "-" }
    let groups = Set(report.functions.compactMap(\.iommuGroup)).count
    return [
      Comparison(field: "pci_devices", expected: facts["pci_devices"].text, got: "\(report.functions.count)"),
      Comparison(
        field: "gpus", expected: gpus.sorted().joined(separator: ", "),
        got: ours.sorted().joined(separator: ", ")),
      Comparison(
        field: "vfs", expected: virtual.map(address).sorted().joined(separator: ", "),
        got: report.functions.filter { $0.physicalFunction != nil }.map(\.address.description).sorted()
          .joined(separator: ", ")),
      Comparison(field: "iommu_groups", expected: facts["iommu_groups"].text, got: "\(groups)"),
    ] + comparePhysical(facts["sriov_pfs"].list ?? [], report)
  }

  private static func comparePhysical(_ expected: [Expected], _ report: HostReport) -> [Comparison] {
    let theirs = expected.map { function in
      [address(function["slot"].text ?? "-")] + ["total_vfs", "num_vfs"].map { function[$0].text ?? "-" }
    }
    let ours = report.physicalFunctions.filter { $0.totalVFs != nil }.map { function in
      [
        function.address.description, function.totalVFs.map(String.init) ?? "-",
        function.activeVFs.map(String.init) ?? "-",
      ]
    }
    return [
      Comparison(
        field: "sriov_pfs",
        expected: theirs.map { $0.joined(separator: " ") }.sorted().joined(separator: ", "),
        got: ours.map { $0.joined(separator: " ") }.sorted().joined(separator: ", "))
    ]
  }

  /// What the registers say of one function.
  private static func compareConfiguration(_ facts: Expected, slot: String, _ report: HostReport)
    -> [Comparison]
  {
    let slot = address(slot)
    let function = report.functions.first { $0.address.description == slot }
    var all: [Comparison] = []
    if facts["vendor"].text != "ffff" {
      all.append(
        Comparison(
          field: "\(slot) id", expected: "\(facts["vendor"].text ?? "-"):\(facts["device"].text ?? "-")",
          got: function.map(id) ?? "-"))
    }
    let code = function?.classCode.map { digits($0, width: 6) }
    all.append(Comparison(field: "\(slot) class", expected: facts["pci_class"].text, got: code))
    if facts["sriov"].isThere {
      let physical = report.physicalFunctions.first { $0.address.description == slot }
      all.append(
        Comparison(
          field: "\(slot) total_vfs", expected: facts["sriov.total_vfs"].text,
          got: physical?.totalVFs.map(String.init)))
    }
    return all
  }

  private static func compareNodeDevice(_ facts: Expected, _ report: HostReport) -> [Comparison] {
    guard let function = report.functions.first else {
      return [Comparison(field: "function", expected: "one", got: nil)]
    }
    let physical = report.physicalFunctions.first { $0.address == function.address }
    let product = [facts["vendor_id"].text, facts["product_id"].text].map {
      $0?.dropFirst(2).lowercased() ?? "-"
    }
    var all = [
      Comparison(field: "id", expected: product.joined(separator: ":"), got: id(function)),
      Comparison(field: "driver", expected: facts["driver"].text, got: function.driver),
      Comparison(
        field: "iommuGroup", expected: facts["iommuGroup.number"].text,
        got: function.iommuGroup.map(String.init)),
      Comparison(
        field: "phys_function", expected: facts["phys_function.addresses"].strings?.first,
        got: function.physicalFunction?.description),
      Comparison(
        field: "maxCount", expected: facts["virt_functions.maxCount"].text,
        got: physical?.totalVFs.map(String.init)),
    ]
    if let code = facts["class"].text {
      all.append(
        Comparison(
          field: "class", expected: String(code.dropFirst(2)),
          got: function.classCode.map { digits($0, width: 6) }))
    }
    if facts["virt_functions.maxCount"].isThere {
      all.append(
        Comparison(
          field: "virt_functions",
          expected: facts["virt_functions.addresses"].strings?.joined(separator: ", "),
          got: physical?.virtualFunctions.map(\.description).joined(separator: ", ")))
    }
    return all
  }

  private static func id(_ function: PCIFunction) -> String {
    [function.vendor, function.device].map { $0.map { digits($0, width: 4) } ?? "-" }.joined(separator: ":")
  }

  /// With a domain, as sysfs writes it.
  private static func address(_ slot: String) -> String { slot.count == 7 ? "0000:" + slot : slot }
}
