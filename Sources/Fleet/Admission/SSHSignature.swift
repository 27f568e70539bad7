// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import FoundationEssentials

/// A detached signature as `ssh-keygen -Y sign` writes it, by an Ed25519 key.
///
/// Source: OpenSSH PROTOCOL.sshsig; draft-josefsson-sshsig-format-04.
struct SSHSignature {
  static let magic = Array("SSHSIG".utf8)
  private static let keyType = Array("ssh-ed25519".utf8)

  /// The public key as SSH writes it.
  let key: [UInt8]
  let namespace: String
  private let rawKey: [UInt8]
  private let hash: String
  private let reserved: [UInt8]
  private let signature: [UInt8]

  /// `nil`: not such a signature, or by a key of another kind.
  init?(armored text: [UInt8]) {
    let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard lines.first == "-----BEGIN SSH SIGNATURE-----", lines.last == "-----END SSH SIGNATURE-----",
      let data = Data(base64Encoded: lines.dropFirst().dropLast().joined())
    else { return nil }
    var blob = SSHStrings(Array(data))
    guard blob.take(6) == Self.magic, blob.take(4) == [0, 0, 0, 1], let key = blob.string(),
      let namespace = blob.string(), let reserved = blob.string(), let hash = blob.string(),
      let signature = blob.string(), blob.isEmpty
    else { return nil }
    var (keyParts, signatureParts) = (SSHStrings(key), SSHStrings(signature))
    guard keyParts.string() == Self.keyType, let rawKey = keyParts.string(), rawKey.count == 32,
      keyParts.isEmpty, signatureParts.string() == Self.keyType, let raw = signatureParts.string(),
      raw.count == 64, signatureParts.isEmpty
    else { return nil }
    (self.key, self.rawKey, self.reserved, self.signature) = (key, rawKey, reserved, raw)
    self.namespace = String(decoding: namespace, as: UTF8.self)
    self.hash = String(decoding: hash, as: UTF8.self)
  }

  /// Whether it is over these very bytes.
  func isOver(_ message: [UInt8]) -> Bool {
    let digest: [UInt8]
    switch hash {
    case "sha512": digest = Array(SHA512.hash(data: message))
    case "sha256": digest = Array(SHA256.hash(data: message))
    default: return false
    }
    let parts = [Array(namespace.utf8), reserved, Array(hash.utf8), digest]
    let signed = Self.magic + parts.flatMap(SSHStrings.encoded)
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: rawKey) else { return false }
    return key.isValidSignature(signature, for: signed)
  }

  /// `SHA256:…`, as `ssh-keygen -l` prints it.
  static func fingerprint(_ key: [UInt8]) -> String {
    let text = Data(SHA256.hash(data: key)).base64EncodedString()
    return "SHA256:\(text.prefix { $0 != "=" })"
  }
}

/// Strings with their length in front. Source: RFC 4251, section 5.
struct SSHStrings {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }

  mutating func take(_ count: Int) -> [UInt8]? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func string() -> [UInt8]? {
    guard let length = take(4) else { return nil }
    return take(length.reduce(0) { $0 << 8 | Int($1) })
  }

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt32(bytes.count)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + bytes
  }
}
