// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import CanonicalJSON
public import HostModel

/// The report for machines: canonical JSON of the shape that `ReportSchema` describes.
///
/// Every key is always there; `null` means not known. The same report gives the same bytes.
public enum JSONReport: Renderer {
  public static let format = "json"
  public static let mediaType = "application/json"

  public static func render(_ report: HostReport, into output: inout [UInt8]) {
    render(report, into: &output) { _ in }
  }

  public static func render(
    _ report: HostReport, into output: inout [UInt8], draining drain: (inout [UInt8]) -> Void
  ) {
    document(report).write(into: &output, draining: drain)
    output.append(UInt8(ascii: "\n"))
  }

  /// The report as a value, for documents that hold more than one.
  public static func document(_ report: HostReport) -> JSONValue {
    ReportDocument(report: report).json
  }
}
