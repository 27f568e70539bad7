// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// libpci, where it is installed; everything is `nil` where it is not.
@safe final class PCILibrary {
  // Safe: made by chost_pci_open, used by this object alone, closed once in deinit.
  private let library: OpaquePointer?

  /// Characters; the longest name in pci.ids has some 160, and a longer one would not be found.
  private static let nameLimit = 256

  /// - Parameter name: the library's file name; one that does not exist stands for a host without it.
  init(_ name: String = CHOST_LIBPCI) {
    var handle: OpaquePointer?
    // Safe: the string and `handle` outlive the call.
    let status = unsafe chost_pci_open(name, &handle)
    unsafe library = status == 0 ? handle : nil
  }

  deinit {
    // Safe: nobody else has the handle.
    unsafe chost_pci_close(library)
  }

  /// A function's configuration space as far as the kernel gives it. `nil` also: it could not; sysfs says why.
  func configuration(_ address: PCIAddress) -> [UInt8]? {
    guard let library = unsafe library else { return nil }
    var at = chost_pci_address(
      domain: address.domain, bus: address.bus, device: address.device, function: address.function)
    var status: Int32 = -1
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: CHOST_PCI_CONFIG_SIZE) { buffer, count in
      // Safe: the buffer has the size that the function asks for; on success it wrote `count` bytes of it.
      status = unsafe chost_pci_read(library, &at, buffer.baseAddress, &count)
      if status != 0 { count = 0 }
    }
    // A copy, so that 256 bytes on a tape do not hold on to 4096.
    return status == 0 ? bytes.map { $0 } : nil
  }

  /// A name from the local pci.ids. `nil` also: the number is not in it.
  func name(_ kind: chost_pci_kind, _ first: UInt16, _ second: UInt16 = 0) -> String? {
    guard let library = unsafe library else { return nil }
    var status: Int32 = -1
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.nameLimit) { buffer, count in
      // Safe: the call writes at most the length it is given, and on success ends the name with NUL.
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let name = characters.baseAddress else { return }
        status = unsafe chost_pci_name(library, kind, first, second, name, characters.count)
        if status == 0 { count = unsafe strlen(name) }
      }
    }
    return status == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
