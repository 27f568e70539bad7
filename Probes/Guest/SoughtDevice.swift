// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Devices
internal import Evidence
internal import HostModel

/// A kind of device that a guest may have been given, and how to tell it from what its hypervisor emulates.
enum SoughtDevice: Sendable {
  /// Of a model that the device table holds.
  case gpu
  /// Of a network card. Its id tells: the kernel knows the physical function only where both are, and then the virtual one
  /// was made here and not given to the guest.
  case networkVF

  enum Match: Hashable, Sendable {
    /// With its name.
    case found(String)
    case other
    /// Its ids or class are not known, or are of nothing known.
    case open
  }

  var title: String {
    switch self {
    case .gpu: "GPU"
    case .networkVF: "virtual function of a network card"
    }
  }

  var missing: Reason {
    switch self {
    case .gpu: .guestWithoutGPU
    case .networkVF: .guestWithoutVF
    }
  }

  var specification: String {
    switch self {
    case .gpu: "PCI Code and ID Assignment 1.16, 1.4 and 1.19; hostcap's device table"
    case .networkVF: "PCI Code and ID Assignment 1.16, 1.3; pci.ids, devices called Virtual Function"
    }
  }

  func match(_ function: PCIFunction, _ host: any HostSource) -> Match {
    guard let code = function.classAndSubclass else { return .open }
    guard isClass(code, function) else { return .other }
    guard let vendor = function.vendor, let device = function.device else { return .open }
    switch self {
    case .gpu:
      if EmulatedDevice.isDisplay(vendor, device) { return .other }
      let table = function.mayBeInTable ? DeviceTable.embedded : nil
      if let row = table?.row(for: function) { return row.kind == "gpu" ? .found(row.name) : .other }
      guard let row = table?.row(forVirtual: function), row.kind == "gpu" else { return .open }
      return .found("\(row.name) (virtual function)")
    case .networkVF:
      if EmulatedDevice.isNetwork(vendor, device) { return .other }
      guard NetworkVF.ids[vendor]?.contains(device) == true else { return .open }
      guard let isFromHere = host.isVirtualFunction(function.address).value else { return .open }
      return isFromHere ? .other : .found("\(digits(vendor, width: 4)):\(digits(device, width: 4))")
    }
  }

  func name(_ function: PCIFunction, _ host: any HostSource) -> String? {
    if case .found(let name) = match(function, host) { name } else { nil }
  }

  /// Base class 02 is networking.
  private func isClass(_ code: UInt16, _ function: PCIFunction) -> Bool {
    switch self {
    case .gpu: function.isGPU
    case .networkVF: code >> 8 == 0x02
    }
  }
}
