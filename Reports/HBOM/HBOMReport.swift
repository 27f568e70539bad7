// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import HardwareBOM
public import HostModel

/// A hardware bill of materials of the host: devices, firmware and microcode with their versions, drivers, and where the
/// firmware stands with published vulnerabilities. CycloneDX 1.6.
public enum HBOMReport: Renderer {
  public static let format = "hbom"
  public static let mediaType = "application/vnd.cyclonedx+json"

  public static func render(_ report: HostReport, into output: inout [UInt8]) {
    BillOfMaterials(of: HardwareHost(report)).json.write(into: &output)
    output.append(UInt8(ascii: "\n"))
  }
}
