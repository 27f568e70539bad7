// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
public import HostModel

/// One row a device: where it is, who holds it, whether a guest can have it, and the one cause that keeps it.
public struct DeviceTable {
  private var page: Page
  private let names: TextReport.Names

  public init(style: TextStyle, names: @escaping TextReport.Names = { _ in nil }) {
    (page, self.names) = (Page(style), names)
  }

  public var output: [UInt8] { page.output }

  private static let columns = [14, 5, 6, 16, 9]
  /// Where a cause begins, below its row.
  private static let indentation = 14

  public mutating func add(_ devices: [Device], of report: HostReport) {
    if let why = Self.nothing(devices, report) {
      page.line(Span(why, .open))
      guard !devices.isEmpty else { return }
    }
    let heads = ["address", "node", "group", "driver", "VFs"]
    page.line(zip(heads, Self.columns).map { Span($0, .faint).padded(to: $1) } + [Span("verdict", .faint)])
    for device in devices { row(device, report) }
  }

  /// Why there is less here than one may think; `nil`: there is not.
  private static func nothing(_ devices: [Device], _ report: HostReport) -> String? {
    if case .guest(let hypervisor) = report.environment.kind {
      return "This is a guest under \(hypervisor): whether its devices can be handed on is not judged."
    }
    return devices.isEmpty ? "No device." : nil
  }

  private mutating func row(_ device: Device, _ report: HostReport) {
    let function = device.function
    let cells = [
      device.members.first?.description ?? "?",
      function?.numaNode.map(String.init) ?? "?",
      function?.iommuGroup.map(String.init) ?? "-",
      function?.driver ?? (function?.isDriverKnown == true ? "-" : "?"),
      device.virtualFunctions.map(Self.counts) ?? "-",
    ]
    let state = device.standing?.state
    let verdict: [Span] = state.map { [$0.mark, " ", $0.word] } ?? [Span("- VFs only", .faint)]
    page.line(
      zip(cells, Self.columns).enumerated().map { index, cell in
        Span(cell.0, index == 0 ? .strong : .plain).padded(to: cell.1)
      } + verdict, hang: Self.indentation)
    line(Span(name(device), .faint))
    if let standing = device.standing { cause(standing, device, report, "") }
    if let standing = device.virtualFunctions?.standing, standing.state != .ready {
      cause(standing, device, report, "VFs: ")
    }
  }

  /// `2/16`: enabled of all that it can have.
  private static func counts(_ function: PhysicalFunction) -> String {
    "\(function.activeVFs.map(String.init) ?? "?")/\(function.totalVFs.map(String.init) ?? "?")"
  }

  private func name(_ device: Device) -> String {
    guard let function = device.function else { return device.kind }
    let id =
      "[\(function.vendor.map { digits($0, width: 4) } ?? "????"):\(function.device.map { digits($0, width: 4) } ?? "????")]"
    let others = device.members.count > 1 ? ", with \(device.members.count - 1) more of its slot" : ""
    let name =
      device.accelerator?.model?.name ?? names(function).map { String($0.unicodeScalars.prefix(120)) }
      ?? device.kind
    return "\(name) \(id)\(others)"
  }

  private mutating func cause(
    _ standing: Standing, _ device: Device, _ report: HostReport, _ subject: String
  ) {
    guard let headline = standing.headline else { return }
    let judgement = headline.judgement
    line(Span("\(subject)\(headline.layer.rawValue): ", .faint), Span(judgement.because))
    guard let reason = judgement.reason else { return }
    let remedy = report.advisor.remedy(for: reason, at: device.members.first, citing: judgement.citing)
    line(Span("→ ", .faint), Span(remedy.fixKind.introducing(remedy.fix)), hang: 2)
  }

  private mutating func line(_ spans: Span..., hang: Int = 0) {
    let margin = Span(String(repeating: " ", count: min(Self.indentation, page.style.columns / 2)))
    page.line([margin] + spans, hang: Self.indentation + hang)
  }
}
