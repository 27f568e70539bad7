// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Where a PCI function sits: `domain:bus:device.function`, as the kernel writes it.
///
/// The domain is printed with at least four hexadecimal digits: Intel VMD domains begin at 0x10000, and the kernel's
/// type is 32 bits wide. Source: kernel drivers/pci/probe.c, pci_setup_device().
public struct PCIAddress: Hashable, Sendable {
  public var domain: UInt32
  public var bus, device, function: UInt8

  public init(domain: UInt32 = 0, bus: UInt8, device: UInt8, function: UInt8) {
    (self.domain, self.bus, self.device, self.function) = (domain, bus, device, function)
  }

  /// Reads `0000:3b:00.1`, four to eight digits of domain, either case; `nil` if `text` is of another form.
  public init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, (4...8).contains(parts[0].count), parts[1].count == 2, parts[2].count == 4,
      parts[2][parts[2].index(parts[2].startIndex, offsetBy: 2)] == UInt8(ascii: "."),
      let domain = hexadecimal(parts[0]), let bus = hexadecimal(parts[1]),
      let device = hexadecimal(parts[2].prefix(2)), let function = hexadecimal(parts[2].suffix(1)),
      device < 32, function < 8
    else { return nil }
    self.init(domain: domain, bus: UInt8(bus), device: UInt8(device), function: UInt8(function))
  }

  /// The same; as kernels print nearly every address, and thousands of them, it is twelve characters, at known places.
  public init?(_ text: String) {
    let bytes = text.utf8.span
    guard bytes.count == 12, bytes[4] == UInt8(ascii: ":"), bytes[7] == UInt8(ascii: ":"),
      bytes[10] == UInt8(ascii: "."), let domain = Self.digits(bytes, 0..<4),
      let bus = Self.digits(bytes, 5..<7),
      let device = Self.digits(bytes, 8..<10), let function = Self.digits(bytes, 11..<12), device < 32,
      function < 8
    else {
      self.init(text[...])
      return
    }
    self.init(domain: domain, bus: UInt8(bus), device: UInt8(device), function: UInt8(function))
  }

  private static func digits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    var value: UInt32 = 0
    for index in range {
      guard let digit = hexDigit(bytes[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Another function of the same device, as a VF may be of its PF's.
  public func sharesSlot(with other: PCIAddress) -> Bool {
    (domain, bus, device) == (other.domain, other.bus, other.device)
  }
}

extension PCIAddress: CustomStringConvertible, Comparable {
  public var description: String {
    // Part of every path below /sys/bus/pci, so that it is put together byte by byte.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    Self.append(domain, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.append(UInt32(bus), width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.append(UInt32(device), width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    Self.append(UInt32(function), width: 1, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// At least `width` lower-case hexadecimal digits.
  private static func append(_ value: UInt32, width: Int, to bytes: inout [UInt8]) {
    let count = max(width, (35 - value.leadingZeroBitCount) / 4)
    for place in (0..<count).reversed() {
      let digit = UInt8(value >> (4 * UInt32(place)) & 0xf)
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  public static func < (a: PCIAddress, b: PCIAddress) -> Bool {
    (a.domain, a.bus, a.device, a.function) < (b.domain, b.bus, b.device, b.function)
  }
}

private func hexadecimal(_ text: some Collection<UInt8>) -> UInt32? {
  var value: UInt32 = 0
  for byte in text {
    guard let digit = hexDigit(byte) else { return nil }
    value = value << 4 | UInt32(digit)
  }
  return text.isEmpty ? nil : value
}
