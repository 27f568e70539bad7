// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
public import LiveHost
public import Tape

/// An Ed25519 private key. It is never printed, and never an argument of a program.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  public let publicKey: VerifyingKey

  /// Errors: as `init(_:)`; and anybody but the owner may do something with the file.
  public init(_ file: KeyFile) throws(InputError) {
    try Self.checkGuarded(file)
    do { try self.init(file.bytes) } catch { throw error.of(file.path) }
  }

  /// From OpenSSH's own form or PKCS#8 in PEM.
  ///
  /// Errors: encrypted, of another kind, of another form; and what to do then.
  public init(_ text: [UInt8]) throws(SigningFault) {
    guard let label = ArmoredBlock.label(of: text) else {
      if VerifyingKey.looksLikeLine(text) {
        throw SigningFault("is a public key, and its private half signs: give the file without .pub")
      }
      throw SigningFault("is no private key: \(KeyKind.remedy)")
    }
    if label != OpenSSHPrivateKey.label, let fault = KeyKind.fault(ofBlock: label) { throw fault }
    guard let block = ArmoredBlock(text) else {
      throw SigningFault("is a broken private key: its text is not as it was written")
    }
    let said: (seed: [UInt8], publicKey: [UInt8]?)
    if label == OpenSSHPrivateKey.label {
      let key = try OpenSSHPrivateKey(block.bytes)
      said = (key.seed, key.publicKey)
    } else {
      said = try Ed25519DER.privateKey(block.bytes)
    }
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: said.seed),
      let publicKey = VerifyingKey(raw: Array(key.publicKey.rawRepresentation)),
      said.publicKey.map({ $0 == publicKey.raw }) ?? true
    else { throw SigningFault("is a broken private key: its public half is another key's") }
    (self.key, self.publicKey) = (key, publicKey)
  }

  /// 64 bytes. Source: RFC 8032, section 5.1.6.
  public func signature(for message: [UInt8]) throws(SigningFault) -> [UInt8] {
    do { return Array(try key.signature(for: message)) } catch { throw SigningFault("cannot sign") }
  }

  /// Refuses a private key that others may read or change. A public key is no secret.
  static func checkGuarded(_ file: KeyFile) throws(InputError) {
    let isPublic =
      VerifyingKey.looksLikeLine(file.bytes) || ArmoredBlock.label(of: file.bytes) == "PUBLIC KEY"
    guard file.isOpenToOthers, !isPublic else { return }
    let mode = String(file.mode, radix: 8)
    throw InputError(
      file.path, "holds a private key that is open to others (mode 0\(mode)): chmod 600 \(file.path)")
  }
}
