// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The first port above a function, from it upwards, that lets its peers' requests past the IOMMU.
///
/// It explains a group and never makes one: dozens of quirks in the kernel know better than a port's registers.
struct OpenPort: Sendable {
  let address: PCIAddress
  /// `no ACS`, `ACS without ReqRedir, CmpltRedir`.
  let lack: String
  let citing: [Question]
}

extension HostSource {
  /// `nil`: no port is open, or one of them cannot be read, as without CAP_SYS_ADMIN.
  func openPort(above address: PCIAddress) -> OpenPort? {
    let place = read(.link(PCIDevices.path(address))) { target in
      target.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
    }
    let ports = (place.value ?? []).compactMap { PCIAddress($0) }.filter { $0 != address }
    for port in ports.reversed() {
      let capabilities = functionCapabilities(port)
      guard let value = capabilities.value, let express = value.express.value else { return nil }
      // An upstream port has nobody beside it to tell apart.
      guard express.portType?.leadsDown == true else { continue }
      let lack: String
      switch value.acs {
      case .unknown: return nil
      case .absent: lack = "no ACS"
      case .value(let acs):
        if acs.missing == 0 { continue }
        lack = "ACS without \(ACSCapability.services(acs.missing).joined(separator: ", "))"
      }
      return OpenPort(
        address: port, lack: lack, citing: [capabilities.question, place.question])
    }
    return nil
  }
}
