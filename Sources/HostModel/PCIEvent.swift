// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The fields of a function's `uevent` that are read here; `nil`: not there.
/// Source: kernel drivers/pci/pci-driver.c, pci_uevent(); drivers/base/core.c, dev_uevent().
struct PCIEvent: Sendable {
  private(set) var driver: String?
  /// `PCI_CLASS`, `PCI_ID` and `PCI_SUBSYS_ID` as they were written.
  private(set) var classCode: String?
  private(set) var identity: String?
  private(set) var subsystem: String?

  /// Lines of `KEY=value`, of which the last of a key counts; `nil`: none of them is `PCI_ID`.
  init?(_ bytes: ArraySlice<UInt8>) {
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let line = bytes[start...].prefix { $0 != UInt8(ascii: "\n") }
      start = line.endIndex + 1
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
      // Other keys are not worth a string.
      guard let key = Key(trimmed(line[..<equals])) else { continue }
      let value = text(line[line.index(after: equals)...])
      switch key {
      case .driver: driver = value
      case .classCode: classCode = value
      case .identity: identity = value
      case .subsystem: subsystem = value
      }
    }
    guard identity != nil else { return nil }
  }

  private enum Key {
    case driver, classCode, identity, subsystem

    init?(_ name: ArraySlice<UInt8>) {
      // Every function has some lines that end here.
      guard name.first == UInt8(ascii: "D") || name.first == UInt8(ascii: "P") else { return nil }
      if name.elementsEqual("DRIVER".utf8) {
        self = .driver
      } else if name.elementsEqual("PCI_CLASS".utf8) {
        self = .classCode
      } else if name.elementsEqual("PCI_ID".utf8) {
        self = .identity
      } else if name.elementsEqual("PCI_SUBSYS_ID".utf8) {
        self = .subsystem
      } else {
        return nil
      }
    }
  }
}
