// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import CanonicalJSON
public import HostModel

/// The table of devices for machines: an array of the report's own objects, put together by device.
public enum DeviceDocument {
  /// Each has the keys `members`, `kind`, `function`, `unit`, `physicalFunction` and `accelerator`, of the shapes in the
  /// report's schema; the last four are null where there is none.
  public static func document(_ devices: [Device], of report: HostReport) -> JSONValue {
    let document = ReportDocument(report: report)
    let units = Dictionary(report.units.map { ($0.members.first, $0) }) { first, _ in first }
    return .array(
      devices.map { device in
        [
          "members": .array(device.members.map(JSONValue.address)),
          "kind": .string(device.kind),
          "function": device.function.map(document.function) ?? .null,
          "unit": device.standing.flatMap { _ in units[device.members.first] }.map(document.unit) ?? .null,
          "accelerator": device.accelerator.map(document.accelerator) ?? .null,
          "physicalFunction": device.virtualFunctions.map(document.physicalFunction) ?? .null,
        ]
      })
  }
}
