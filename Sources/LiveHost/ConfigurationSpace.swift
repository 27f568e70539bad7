// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence

/// PCI configuration space through libpci, where it is installed.
@safe final class ConfigurationSpace {
  // Safe: made by chost_pci_open, used by this object alone, closed once in deinit.
  private let library: OpaquePointer?

  /// - Parameter name: the library's file name; one that does not exist stands for a host without it.
  init(library name: String = CHOST_LIBPCI) {
    var handle: OpaquePointer?
    // Safe: `handle` lives until the call returns.
    let status = unsafe chost_pci_open(name, &handle)
    unsafe library = status == 0 ? handle : nil
  }

  deinit { unsafe chost_pci_close(library) }

  var isAvailable: Bool { unsafe library != nil }

  /// `nil`: no libpci, or it could not; sysfs says why.
  func read(_ address: PCIAddress) -> [UInt8]? {
    guard let library = unsafe library else { return nil }
    var at = chost_pci_address(
      domain: address.domain, bus: address.bus, device: address.device, function: address.function)
    var length = 0
    var failed = true
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: CHOST_PCI_CONFIG_SIZE) { buffer, count in
      // Safe: the buffer has the size that the function asks for, and `length` bytes of it are written.
      failed = unsafe chost_pci_read(library, &at, buffer.baseAddress, &length) != 0
      count = failed ? 0 : length
    }
    return failed ? nil : bytes
  }
}
