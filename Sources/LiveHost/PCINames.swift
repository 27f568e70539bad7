// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost

/// Names from the host's pci.ids, for text that people read; nothing is decided by them.
///
/// `nil` everywhere: no libpci, no pci.ids, or the number is not in it. Never asks the network or udev.
public final class PCINames {
  private let library: PCILibrary

  init(library: PCILibrary) { self.library = library }
  public convenience init() { self.init(library: PCILibrary()) }

  public func vendor(_ vendor: UInt16) -> String? { library.name(CHOST_PCI_VENDOR, vendor) }

  public func device(vendor: UInt16, device: UInt16) -> String? {
    library.name(CHOST_PCI_DEVICE, vendor, device)
  }

  /// - Parameter code: class, subclass and programming interface, as sysfs' `class` holds them: 24 bits.
  public func className(_ code: UInt32) -> String? {
    library.name(CHOST_PCI_CLASS, UInt16(truncatingIfNeeded: code >> 8))
  }
}
