// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import StrictJSON

extension HostRecord {
  /// Whether what goes into configuration files is of its form: an address that is one, ids of digits, each device
  /// once. A report may come from anywhere, and `0000:*:*.*` would be every card.
  func check() throws(ShapeError) {
    var seen: Set<String> = []
    for device in devices {
      let all = [device.address] + device.companions + [device.physicalFunction].compactMap { $0 }
      guard all.allSatisfy(Self.isAddress) else {
        throw ShapeError("has \(device.address.debugDescription), which is no PCI address", at: ".pci.units")
      }
      guard seen.insert(device.address).inserted else {
        throw ShapeError("has \(device.address) twice", at: ".pci.units")
      }
      let ids = [(device.vendor, 4), (device.device, 4), (device.classCode, 6)]
      let areIDs = ids.allSatisfy { text, count in
        text.map { Self.isHexadecimal($0, digits: count...count) } ?? true
      }
      guard areIDs,
        device.numaNode ?? 0 >= 0
      else { throw ShapeError("has an id or a node of \(device.address) that is none", at: ".pci.functions") }
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, isHexadecimal(parts[0], digits: 4...8), isHexadecimal(parts[1], digits: 2...2)
    else {
      return false
    }
    let place = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    return place.count == 2 && isHexadecimal(place[0], digits: 2...2) && place[1].utf8.count == 1
      && "01234567".contains(place[1])
  }

  /// Lower case, as sysfs writes it.
  private static func isHexadecimal(_ text: some StringProtocol, digits: ClosedRange<Int>) -> Bool {
    digits.contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
