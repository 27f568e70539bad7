// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Ed25519 keys as OpenSSL writes them. Source: RFC 8410, sections 3, 4 and 7; RFC 5958, section 2.
enum Ed25519DER {
  /// 1.3.101.112.
  private static let identifier: [UInt8] = [0x2b, 0x65, 0x70]

  /// The seed in a PKCS#8 private key, and the public key if it says that too: 32 bytes each.
  static func privateKey(_ bytes: [UInt8]) throws(SigningFault) -> (seed: [UInt8], publicKey: [UInt8]?) {
    let broken = SigningFault("is a broken private key: PKCS#8 was expected")
    var outer = DERValues(bytes)
    guard let content = outer.take(DERValues.sequence), outer.isEmpty else { throw broken }
    var key = DERValues(content)
    guard let version = key.take(DERValues.integer), version == [0] || version == [1],
      let algorithm = key.take(DERValues.sequence)
    else { throw broken }
    try check(algorithm, broken)
    guard let octets = key.take(DERValues.octetString) else { throw broken }
    var inner = DERValues(octets)
    guard let seed = inner.take(DERValues.octetString), seed.count == 32, inner.isEmpty else { throw broken }
    // [0] IMPLICIT Attributes say nothing that is needed.
    if key.tag == 0xa0 { guard key.take(0xa0) != nil else { throw broken } }
    var publicKey: [UInt8]?
    if key.tag == 0x81 {
      guard version == [1], let bits = key.take(0x81), bits.count == 33, bits.first == 0 else { throw broken }
      publicKey = Array(bits.dropFirst())
    }
    guard key.isEmpty else { throw broken }
    return (seed, publicKey)
  }

  /// The 32 bytes in a SubjectPublicKeyInfo.
  static func publicKey(_ bytes: [UInt8]) throws(SigningFault) -> [UInt8] {
    let broken = SigningFault("is a broken public key: SubjectPublicKeyInfo was expected")
    var outer = DERValues(bytes)
    guard let content = outer.take(DERValues.sequence), outer.isEmpty else { throw broken }
    var key = DERValues(content)
    guard let algorithm = key.take(DERValues.sequence) else { throw broken }
    try check(algorithm, broken)
    guard let bits = key.take(DERValues.bitString), bits.count == 33, bits.first == 0, key.isEmpty else {
      throw broken
    }
    return Array(bits.dropFirst())
  }

  /// Ed25519, whose parameters are absent.
  private static func check(_ algorithm: [UInt8], _ broken: SigningFault) throws(SigningFault) {
    var parts = DERValues(algorithm)
    guard let identifier = parts.take(DERValues.objectIdentifier) else { throw broken }
    guard identifier == Self.identifier else { throw KeyKind.fault(of: identifier) }
    guard parts.isEmpty else { throw broken }
  }
}
