// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Crypto

/// An Ed25519 public key.
public struct VerifyingKey: Sendable, Hashable {
  /// 32 bytes.
  public let raw: [UInt8]

  /// `nil`: not 32 bytes.
  public init?(raw: [UInt8]) {
    guard raw.count == 32 else { return nil }
    self.raw = raw
  }

  /// From OpenSSH's line, alone or in a file with blank lines and comments, or from a SubjectPublicKeyInfo in PEM.
  ///
  /// Errors: a private key, a key of another kind, several, or none.
  public init(_ text: [UInt8]) throws(SigningFault) {
    if let label = ArmoredBlock.label(of: text) {
      guard label == "PUBLIC KEY" else {
        throw SigningFault(
          label.hasSuffix("PRIVATE KEY")
            ? "is a private key, and its public half verifies: ssh-keygen -y -f prints it"
            : "is no public key that is read here: ssh-ed25519 … or PEM")
      }
      guard let block = ArmoredBlock(text) else { throw SigningFault("is a broken public key") }
      raw = try Ed25519DER.publicKey(block.bytes)
      return
    }
    let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    guard let line = lines.first else { throw SigningFault("holds no public key") }
    let words = line.split { $0 == " " || $0 == "\t" }
    guard words.count > 1 else {
      throw SigningFault("is no public key that is read here: ssh-ed25519 … or PEM")
    }
    guard words[0] == "ssh-ed25519" else {
      throw words[0].hasPrefix("ssh-") || words[0].hasPrefix("ecdsa-") || words[0].hasPrefix("sk-")
        ? KeyKind.fault(String(words[0]))
        : SigningFault("is no public key that is read here: ssh-ed25519 … or PEM")
    }
    guard lines.count == 1 else { throw SigningFault("holds several keys: name one file for each key") }
    guard let blob = Base64.bytes(String(words[1])), let raw = SSHStrings.ed25519Key(blob) else {
      throw SigningFault("is a broken public key")
    }
    self.raw = raw
  }

  /// Whether a text is the line of a public key, and not a path.
  public static func looksLikeLine(_ text: some Collection<UInt8>) -> Bool {
    ["ssh-", "ecdsa-", "sk-"].contains { text.starts(with: $0.utf8) } && text.contains(UInt8(ascii: " "))
  }

  /// What securesystemslib calls the key: SHA-256 of its canonical JSON, in hexadecimal.
  ///
  /// Source: securesystemslib 1.6.0, signer/_utils.py, compute_default_keyid(); signer/_key.py, SSlibKey.from_crypto().
  public var keyID: String {
    let key: JSONValue = [
      "keytype": "ed25519", "scheme": "ed25519", "keyval": ["public": .string(Hexadecimal.text(raw))],
    ]
    var bytes: [UInt8] = []
    key.write(into: &bytes, indented: false)
    return Hexadecimal.digest(bytes)
  }

  /// `SHA256:…`, as `ssh-keygen -l` prints it.
  public var fingerprint: String {
    SSHSignature.fingerprint(blob)
  }

  /// The key as SSH writes it.
  var blob: [UInt8] { SSHStrings.encoded(SSHStrings.ed25519) + SSHStrings.encoded(raw) }

  /// Source: RFC 8032, section 5.1.7.
  public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }
}
