// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Names of traits and resource classes. Source: OpenStack Placement schemas/trait.py, resource_class.py.
public enum PlacementName {
  /// Characters, with the prefix.
  public static let lengthLimit = 255
  public static let prefix = "CUSTOM_"

  /// `CUSTOM_` and at least one of `[A-Z0-9_]`.
  public static func isCustom(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.utf8.count > prefix.utf8.count && name.utf8.count <= lengthLimit
      && name.utf8.allSatisfy(isAllowed)
  }

  /// Any text as a custom name, as Nova does it: each run of other characters becomes one `_`.
  public static func custom(_ text: String) -> String {
    var name = Array(prefix.utf8)
    for byte in text.utf8 {
      let upper = (0x61...0x7a).contains(byte) ? byte - 0x20 : byte
      if isAllowed(upper), upper != UInt8(ascii: "_") {
        name.append(upper)
      } else if name.last != UInt8(ascii: "_") {
        name.append(UInt8(ascii: "_"))
      }
    }
    if name.last == UInt8(ascii: "_"), name.count > prefix.utf8.count { name.removeLast() }
    return String(decoding: name.prefix(lengthLimit), as: UTF8.self)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
  }
}
