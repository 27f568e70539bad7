// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension Drawing {
  /// The functions an operator plans with: GPUs, network controllers; like ones together.
  mutating func inventory() {
    guard !report.functions.isEmpty else { return }
    section("PCI")
    let virtual = report.functions.count { $0.physicalFunction != nil }
    let count = report.functions.count
    page.line(
      Span(
        "  \(count) \(count == 1 ? "function" : "functions")"
          + (virtual > 0 ? ", \(virtual) of them virtual" : "")))
    list("GPU", report.functions.filter { $0.isGPU && $0.physicalFunction == nil })
    list("network", report.functions.filter { $0.isNetwork && $0.physicalFunction == nil })
  }

  private struct Likeness: Hashable {
    let vendor, device: UInt16?
    let driver: String
    let name: String?
  }

  private mutating func list(_ kind: String, _ functions: [PCIFunction]) {
    let models = Dictionary(
      report.accelerators.compactMap { each in each.model.map { (each.address, $0.name) } }
    ) { first, _ in first }
    let groups = grouped(functions) {
      Likeness(
        vendor: $0.vendor, device: $0.device, driver: Self.driver($0), name: models[$0.address] ?? names($0))
    }
    for (likeness, members) in groups {
      let id = "\(Self.id(likeness.vendor)):\(Self.id(likeness.device))"
      let name = likeness.name.map { String($0.unicodeScalars.prefix(120)) + " [\(id)]" } ?? id
      page.line(
        "  ", Span("\(members.count) × \(kind)").padded(to: 14), Span(name, .strong),
        Span(", " + likeness.driver),
        hang: 16)
      page.line("                ", Span(Self.counted(members.map(Self.place))), hang: 16)
    }
  }

  private static func place(_ function: PCIFunction) -> String {
    function.address.description + (function.numaNode.map { "@node\($0)" } ?? "")
  }

  private static func id(_ value: UInt16?) -> String { value.map { digits($0, width: 4) } ?? "????" }

  private static func driver(_ function: PCIFunction) -> String {
    function.driver.map { "driver \($0)" } ?? (function.isDriverKnown ? "no driver" : "driver not known")
  }
}

extension PCIFunction {
  /// Source: PCI Code and ID Assignment 1.16, 1.3: base class 02, network controllers.
  var isNetwork: Bool { classCode.map { $0 >> 16 == 0x02 } ?? false }
}
