// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Keys that are known and not taken, and what to do instead.
enum KeyKind {
  static let remedy = "ssh-keygen -t ed25519 makes a key that is taken"

  static let encrypted = SigningFault(
    "is encrypted, and no passphrase is asked for here: ssh-keygen -p -N '' on a copy of it, or another key")

  /// - Parameter name: as SSH, X.509 or PEM call the algorithm.
  static func fault(_ name: String) -> SigningFault {
    SigningFault("is a key of the kind \(name.prefix(64)), and only Ed25519 is signed with: \(remedy)")
  }

  /// By their object identifiers' bytes. Source: RFC 8410, section 3; RFC 8017, appendix A.1; RFC 5480, section 2.1.1.
  private static let names: [[UInt8]: String] = [
    [0x2b, 0x65, 0x6e]: "X25519", [0x2b, 0x65, 0x6f]: "X448", [0x2b, 0x65, 0x71]: "Ed448",
    [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]: "RSA",
    [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]: "ECDSA",
  ]

  static func fault(of identifier: [UInt8]) -> SigningFault { fault(names[identifier] ?? "unknown") }

  /// Why a block of this label is no private key in PKCS#8; `nil`: it may be one.
  static func fault(ofBlock label: String) -> SigningFault? {
    switch label {
    case "PRIVATE KEY": nil
    case "ENCRYPTED PRIVATE KEY": encrypted
    case "RSA PRIVATE KEY": fault("RSA")
    case "EC PRIVATE KEY": fault("ECDSA")
    case "DSA PRIVATE KEY": fault("DSA")
    case "PUBLIC KEY": SigningFault("is a public key, and its private half signs")
    default: SigningFault("is no private key that is read here: \(remedy)")
    }
  }
}
