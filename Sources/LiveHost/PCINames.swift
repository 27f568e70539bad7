// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Glibc

/// Names from the host's pci.ids, for text that people read; nothing is decided by them.
///
/// `nil` everywhere: no libpci, no pci.ids, or the number is not in it. Never asks the network or udev.
@safe public final class PCINames {
  // Safe: made by chost_pci_open, used by this object alone, closed once in deinit.
  private let library: OpaquePointer?

  /// - Parameter name: the library's file name; one that does not exist stands for a host without it.
  init(library name: String) {
    var handle: OpaquePointer?
    // Safe: `handle` lives until the call returns.
    let status = unsafe chost_pci_open(name, &handle)
    unsafe library = status == 0 ? handle : nil
  }

  public convenience init() { self.init(library: CHOST_LIBPCI) }

  deinit { unsafe chost_pci_close(library) }

  public func vendor(_ vendor: UInt16) -> String? { lookup(CHOST_PCI_VENDOR, vendor) }
  public func device(vendor: UInt16, device: UInt16) -> String? { lookup(CHOST_PCI_DEVICE, vendor, device) }

  /// - Parameter code: class, subclass and programming interface, as sysfs' `class` holds them: 24 bits.
  public func className(_ code: UInt32) -> String? {
    lookup(CHOST_PCI_CLASS, UInt16(truncatingIfNeeded: code >> 8))
  }

  private func lookup(_ kind: chost_pci_kind, _ first: UInt16, _ second: UInt16 = 0) -> String? {
    guard let library = unsafe library else { return nil }
    // Longest name in today's pci.ids: below 160 bytes; a longer one is not found.
    var found = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      // Safe: the call writes at most the length it is given and ends the name with NUL.
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        found = unsafe chost_pci_name(library, kind, first, second, characters.baseAddress, characters.count) == 0
        if found, let name = characters.baseAddress { count = unsafe strlen(name) }
      }
    }
    return found ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
