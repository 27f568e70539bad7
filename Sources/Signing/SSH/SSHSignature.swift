// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// A detached signature as `ssh-keygen -Y sign` writes it, by an Ed25519 key.
///
/// Source: OpenSSH PROTOCOL.sshsig; draft-josefsson-sshsig-format-04.
public struct SSHSignature: Sendable {
  private static let magic = Array("SSHSIG".utf8)

  /// The public key as SSH writes it.
  public let key: [UInt8]
  public let namespace: String
  private let rawKey: [UInt8]
  private let hash: String
  private let reserved: [UInt8]
  private let signature: [UInt8]

  /// `nil`: not such a signature, or by a key of another kind.
  public init?(armored text: [UInt8]) {
    guard let block = ArmoredBlock(text), block.label == "SSH SIGNATURE" else { return nil }
    var blob = SSHStrings(block.bytes)
    guard blob.take(6) == Self.magic, blob.number() == 1, let key = blob.string(),
      let namespace = blob.string(), let reserved = blob.string(), let hash = blob.string(),
      let signature = blob.string(), blob.isEmpty, let rawKey = SSHStrings.ed25519Key(key)
    else { return nil }
    var parts = SSHStrings(signature)
    guard parts.string() == SSHStrings.ed25519, let raw = parts.string(), raw.count == 64, parts.isEmpty
    else { return nil }
    (self.key, self.rawKey, self.reserved, self.signature) = (key, rawKey, reserved, raw)
    self.namespace = String(decoding: namespace, as: UTF8.self)
    self.hash = String(decoding: hash, as: UTF8.self)
  }

  /// Whether it is over these very bytes.
  public func isOver(_ message: [UInt8]) -> Bool {
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
  public static func fingerprint(_ key: [UInt8]) -> String {
    "SHA256:\(Base64.text(Array(SHA256.hash(data: key))).prefix { $0 != "=" })"
  }
}
