// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import StrictJSON

extension HostRecord {
  /// Whether what goes into configuration files is of its form: an address that is one, ids of digits, each device
  /// once. A report may come from anywhere, and `0000:*:*.*` would be every card.
  func check() throws(ShapeError) {
    var seen: Set<String> = []
    for device in devices {
      guard Self.isAddress(device.address), device.companions.allSatisfy(Self.isAddress),
        device.physicalFunction.map(Self.isAddress) ?? true
      else {
        throw ShapeError("has \(device.address.debugDescription), which is no PCI address", at: ".pci.units")
      }
      guard seen.insert(device.address).inserted else {
        throw ShapeError("has \(device.address) twice", at: ".pci.units")
      }
      func isID(_ text: String?, _ digits: Int) -> Bool {
        text.map { Self.isHexadecimal($0, digits: digits...digits) } ?? true
      }
      guard isID(device.vendor, 4), isID(device.device, 4), isID(device.classCode, 6),
        device.numaNode ?? 0 >= 0
      else { throw ShapeError("has an id or a node of \(device.address) that is none", at: ".pci.functions") }
    }
  }

  /// `0000:3b:00.0`; the domain has up to eight digits.
  private static func isAddress(_ text: String) -> Bool {
    // Told apart by the place from the end, for the domain alone has no fixed length.
    let (count, behindDomain) = (text.utf8.count, 8)
    guard (4...8).contains(count - behindDomain) else { return false }
    var left = count
    for byte in text.utf8 {
      left -= 1
      let isRight =
        switch left {
        case 7, 4: byte == UInt8(ascii: ":")
        case 1: byte == UInt8(ascii: ".")
        case 0: (0x30...0x37).contains(byte)
        default: isDigit(byte)
        }
      if !isRight { return false }
    }
    return true
  }

  /// Lower case, as sysfs writes it.
  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func isHexadecimal(_ text: String, digits: ClosedRange<Int>) -> Bool {
    digits.contains(text.utf8.count) && text.utf8.allSatisfy(isDigit)
  }
}
