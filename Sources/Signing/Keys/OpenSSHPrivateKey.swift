// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What `ssh-keygen -t ed25519` writes: the seed of one Ed25519 key, not encrypted.
///
/// Source: OpenSSH PROTOCOL.key; the private half's fields are those of RFC 8032 as draft-miller-ssh-agent has them.
struct OpenSSHPrivateKey {
  static let label = "OPENSSH PRIVATE KEY"
  private static let magic = Array("openssh-key-v1\0".utf8)
  /// Of the cipher `none`.
  private static let blockSize = 8

  /// 32 bytes each.
  let seed, publicKey: [UInt8]

  /// Errors: encrypted, of another kind, more than one key, or not of this form.
  init(_ blob: [UInt8]) throws(SigningFault) {
    let broken = SigningFault("is a broken OpenSSH private key")
    var outer = SSHStrings(blob)
    guard outer.take(Self.magic.count) == Self.magic, let cipher = outer.string(), let kdf = outer.string(),
      let options = outer.string(), let count = outer.number()
    else { throw broken }
    guard count == 1 else { throw SigningFault("holds \(count) keys, and one is signed with") }
    guard let publicBlob = outer.string(), let inner = outer.string(), outer.isEmpty else { throw broken }
    var parts = SSHStrings(publicBlob)
    guard let kind = parts.string() else { throw broken }
    guard kind == SSHStrings.ed25519 else {
      throw KeyKind.fault(String(decoding: kind, as: UTF8.self))
    }
    guard let publicKey = SSHStrings.ed25519Key(publicBlob) else { throw broken }
    guard cipher == Array("none".utf8) else { throw KeyKind.encrypted }
    guard kdf == Array("none".utf8), options.isEmpty, inner.count.isMultiple(of: Self.blockSize),
      let seed = Self.seed(inner, of: publicKey)
    else { throw broken }
    (self.seed, self.publicKey) = (seed, publicKey)
  }

  /// `nil`: not of its form, or of another public key.
  private static func seed(_ inner: [UInt8], of publicKey: [UInt8]) -> [UInt8]? {
    var parts = SSHStrings(inner)
    guard let first = parts.number(), let second = parts.number(), first == second,
      parts.string() == SSHStrings.ed25519, parts.string() == publicKey, let both = parts.string(),
      both.count == 64, Array(both.suffix(32)) == publicKey, parts.string() != nil
    else { return nil }
    // 1, 2, 3 up to the next whole block.
    let padding = parts.remainder()
    guard padding.count < blockSize, padding.enumerated().allSatisfy({ $0.element == UInt8($0.offset + 1) })
    else { return nil }
    return Array(both.prefix(32))
  }
}
