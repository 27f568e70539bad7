// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// What a pseudonym stands for. It decides the pseudonym's shape, so that whoever parses the answer still can.
enum Identity: String, Hashable {
  /// `02:68:63:…`: locally administered, six bytes or as many as there were.
  case hardwareAddress
  /// `68636170-xxxx-8xxx-8xxx-xxxxxxxxxxxx`: version 8 of RFC 9562, which leaves the content to us.
  case uuid
  /// `68636170` and 24 hexadecimal digits.
  case machine
  /// `host-` and ten hexadecimal digits.
  case hostName
  /// `serial-` and ten hexadecimal digits.
  case serial
  /// The mark and four bytes: the Device Serial Number of a PCI function.
  case deviceSerialNumber
  /// `192.0.2.N`, which RFC 5737 keeps for documentation.
  case ipv4
  /// `2001:db8::xxxx:xxxx`, which RFC 3849 keeps for documentation.
  case ipv6
}

/// The pseudonyms of one host. Each is marked, so that it is known for one when it is met again.
final class Pseudonyms {
  /// `hcap`, the mark at the head of UUIDs, machine-ids and serial numbers in bytes.
  static let mark: [UInt8] = [0x68, 0x63, 0x61, 0x70]
  /// `02`, locally administered, and `hc`.
  static let addressMark: [UInt8] = [0x02, 0x68, 0x63]
  static let word = "redacted"

  /// `nil`: nothing on this host is random enough to be one.
  private let key: [UInt8]?
  private var known: [Original: [UInt8]] = [:]
  private var taken: Set<Original> = []
  private var originals: [[UInt8]: [UInt8]] = [:]

  private struct Original: Hashable {
    let identity: Identity
    let value: [UInt8]
  }

  init(key: [UInt8]?) { self.key = key }

  /// Notes what `pseudonym` stands for, in case it comes back in a path.
  func remember(_ pseudonym: [UInt8], for original: ArraySlice<UInt8>) {
    if !pseudonym.elementsEqual(original) { originals[pseudonym] = Array(original) }
  }
  func original(of pseudonym: ArraySlice<UInt8>) -> [UInt8]? { originals[Array(pseudonym)] }
  var hasOriginals: Bool { !originals.isEmpty }

  /// The first `count` of 32 bytes that stand for `value` and, on this host, for no other value of that identity.
  ///
  /// Without a key they count up, so that two of them stay two.
  func bytes(_ identity: Identity, _ value: [UInt8], count: Int) -> [UInt8] {
    let original = Original(identity: identity, value: value)
    if let bytes = known[original] { return Array(bytes.prefix(count)) }
    var code: [UInt8] = []
    // Two of a thousand values share three bytes on one host in thirty; a few tries settle it, or they share them.
    for attempt in 0..<4 {
      code = key.map { coded(original, attempt, $0) } ?? counted(known.count + 1, width: count)
      if taken.insert(Original(identity: identity, value: Array(code.prefix(count)))).inserted { break }
    }
    known[original] = code
    return Array(code.prefix(count))
  }

  private func coded(_ original: Original, _ attempt: Int, _ key: [UInt8]) -> [UInt8] {
    let salt = attempt == 0 ? "" : "#\(attempt)"
    let message = Array("hostcap \(original.identity.rawValue)\(salt):".utf8) + original.value
    return messageAuthenticationCode(key: key, message)
  }

  /// The number, highest byte first, as the last of `width` bytes.
  private func counted(_ number: Int, width: Int) -> [UInt8] {
    let digits = littleEndianBytes(UInt64(number)).prefix(width)
    return [UInt8](repeating: 0, count: width - digits.count) + digits.reversed()
  }

  /// `serial-` and ten hexadecimal digits; the fixed word where there is no key. A pseudonym stays.
  func serial(_ value: [UInt8]) -> [UInt8] {
    if value.elementsEqual(Self.word.utf8) || Shape.serialPseudonym(value[...]) == value.count {
      return value
    }
    guard key != nil else { return Array(Self.word.utf8) }
    return Array("serial-".utf8) + hexadecimal(bytes(.serial, value, count: 5))
  }

  /// `host-` and ten hexadecimal digits; the same with and without a domain, in either case.
  func hostName(_ name: ArraySlice<UInt8>) -> [UInt8] {
    if Shape.hostPseudonym(name) == name.count { return Array(name) }
    let label = name.prefix { $0 != UInt8(ascii: ".") }.map(lowerCase)
    return Array("host-".utf8) + hexadecimal(bytes(.hostName, label, count: 5))
  }

  /// As many bytes as `address` has. Nobody's addresses, all zeros and all ones, and pseudonyms stay.
  func hardwareAddress(_ address: [UInt8]) -> [UInt8] {
    if address.allSatisfy({ $0 == 0 }) || address.allSatisfy({ $0 == 0xff }) { return address }
    if address.starts(with: Self.addressMark) { return address }
    guard address.count > Self.addressMark.count else { return [UInt8](repeating: 0, count: address.count) }
    let code = bytes(.hardwareAddress, address, count: min(32, address.count - Self.addressMark.count))
    return Self.addressMark + code
      + [UInt8](repeating: 0, count: address.count - Self.addressMark.count - code.count)
  }

  /// Of the same form, lower case. The one of zeros and pseudonyms stay.
  func uuid(_ uuid: ArraySlice<UInt8>) -> [UInt8] {
    let value = uuid.map(lowerCase)
    if value.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }) { return Array(uuid) }
    if value.starts(with: hexadecimal(Self.mark)) { return Array(uuid) }
    let code = hexadecimal(bytes(.uuid, value, count: 11))
    let groups: [[UInt8]] = [
      hexadecimal(Self.mark), Array(code[0..<4]), Array("8".utf8) + code[4..<7],
      Array("8".utf8) + code[7..<10],
      Array(code[10..<22]),
    ]
    return Array(groups.joined(separator: Array("-".utf8)))
  }

  /// 32 digits.
  func machine(_ digits: [UInt8]) -> [UInt8] {
    if digits.starts(with: hexadecimal(Self.mark)) { return digits }
    return hexadecimal(Self.mark) + hexadecimal(bytes(.machine, digits, count: 12))
  }

  func ipv4(_ text: ArraySlice<UInt8>) -> [UInt8] {
    Array("192.0.2.\(bytes(.ipv4, Array(text), count: 1).first ?? 0)".utf8)
  }

  func ipv6(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let code = hexadecimal(bytes(.ipv6, text.map(lowerCase), count: 4))
    return Array("2001:db8::".utf8) + code[0..<4] + ":".utf8 + code[4..<8]
  }
}

/// ASCII letters only.
func lowerCase(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }

/// Lower-case digits, two a byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  bytes.flatMap { digits($0, width: 2).utf8 }
}

extension Pseudonyms {
  /// The machine-id, else a random product UUID; `nil` where there is neither. Read below everything that records.
  ///
  /// A pseudonym is no key: whoever has the tape has it too.
  static func key(of host: any HostSource) -> [UInt8]? {
    if let machine = host.read(.file("/etc/machine-id"), as: machineKey).value { return machine }
    return host.read(.file("/sys/class/dmi/id/product_uuid"), as: productKey).value
  }

  /// 32 hexadecimal digits. Source: machine-id(5).
  private static func machineKey(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    let digits = trimmed(bytes)
    guard digits.count == 32, digits.allSatisfy({ hexDigit($0) != nil }), Set(digits).count > 1,
      !digits.starts(with: hexadecimal(mark))
    else { return nil }
    return Array(digits)
  }

  /// Random UUIDs only, version 4 of RFC 9562: makers also put serial numbers and MAC addresses there, which can be
  /// tried out. Dell's begin with `4c4c4544`, "DELL", and now and then look like version 4.
  private static func productKey(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    let text = trimmed(bytes).map { $0 | 0x20 }
    guard text.count == 36, Shape.uuid(text[...]) == 36, text[14] == UInt8(ascii: "4"),
      (0x38...0x39).contains(text[19]) || (0x61...0x62).contains(text[19]),
      !text.starts(with: "4c4c4544".utf8),
      Set(text).count > 8
    else { return nil }
    return text
  }
}
