// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import LiveHost
import Tape
import Testing

@testable import Signing

/// Keys in every form that is read, and forms that are not.
@Suite struct KeyTests {
  /// Source: RFC 8410, section 10.3: a private key, the same with an attribute and its public key, and the public key.
  static let examples = [
    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
    "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9"
      + "ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
  ]
  static let examplePublicKey = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="

  private func pem(_ label: String, _ base64: String) throws -> [UInt8] {
    SigningFixture.armored(label, try #require(Base64.bytes(base64)))
  }

  private func refusal(_ text: [UInt8]) -> String? {
    do { _ = try SigningKey(text) } catch { return error.reason }
    return nil
  }

  private func refusal(ofPublic text: [UInt8]) -> String? {
    do { _ = try VerifyingKey(text) } catch { return error.reason }
    return nil
  }

  @Test func signaturesAreThoseOfTheStandard() throws {
    let key = try SigningFixture.key()
    let signature = SigningFixture.bytes(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    #expect(key.publicKey.raw == SigningFixture.publicKey)
    #expect(key.publicKey.isValid(signature, for: []))
    #expect(try key.publicKey.isValid(key.signature(for: []), for: []))
    #expect(!key.publicKey.isValid(signature, for: [0]))
    #expect(!key.publicKey.isValid(Array(signature.dropLast()), for: []))
  }

  @Test func everyFormGivesTheSameKey() throws {
    let public_ = try VerifyingKey(pem("PUBLIC KEY", Self.examplePublicKey))
    for example in Self.examples {
      #expect(try SigningKey(pem("PRIVATE KEY", example)).publicKey == public_)
    }
    let line = "ssh-ed25519 \(Base64.text(public_.blob)) somebody@somewhere"
    #expect(try VerifyingKey(Array(line.utf8)) == public_)
    #expect(try VerifyingKey(Array("# the rack's\n\n  \(line)\r\n".utf8)) == public_)
  }

  /// Source: securesystemslib 1.6.0, SSlibKey.from_crypto(), run on these keys.
  @Test func aKeysNameIsSecuresystemslibs() throws {
    #expect(
      try SigningFixture.key().publicKey.keyID
        == "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916")
    #expect(
      try VerifyingKey(pem("PUBLIC KEY", Self.examplePublicKey)).keyID
        == "946bbfb4fd58b1aeac3ddb00f68fd8c8dea7e9a84e6c149b1c10b36b707c38fd")
  }

  @Test func whatIsNotSignedWithIsNamedWithTheWayOut() throws {
    func openSSH(_ blob: [UInt8]) -> [UInt8] { SigningFixture.armored("OPENSSH PRIVATE KEY", blob) }
    #expect(refusal(openSSH(SigningFixture.openSSH(cipher: "aes256-ctr"))) == KeyKind.encrypted.reason)
    #expect(
      refusal(openSSH(SigningFixture.openSSH(kind: "ssh-rsa")))
        == "is a key of the kind ssh-rsa, and only Ed25519 is signed with: ssh-keygen -t ed25519 makes a key that is taken"
    )
    #expect(refusal(openSSH(SigningFixture.openSSH(count: 2)))?.hasPrefix("holds 2 keys") == true)
    #expect(
      refusal(openSSH(SigningFixture.openSSH(inner: SigningFixture.seed)))
        == "is a broken OpenSSH private key")
    for (label, word) in [
      ("RSA PRIVATE KEY", "RSA"), ("EC PRIVATE KEY", "ECDSA"), ("DSA PRIVATE KEY", "DSA"),
      ("ENCRYPTED PRIVATE KEY", "encrypted"), ("PUBLIC KEY", "public key"), ("CERTIFICATE", "no private key"),
    ] {
      #expect(refusal(SigningFixture.armored(label, [1, 2, 3]))?.contains(word) == true, "\(label)")
    }
    // X25519, which agrees on keys and signs nothing: 1.3.101.110.
    let other = try #require(Base64.bytes(Self.examples[0])).map { $0 == 0x70 ? 0x6e : $0 }
    #expect(refusal(SigningFixture.armored("PRIVATE KEY", other))?.contains("X25519") == true)
    #expect(refusal(Array("ssh-ed25519 AAAA x\n".utf8))?.contains("without .pub") == true)
    #expect(refusal([])?.hasPrefix("is no private key") == true)
    #expect(refusal([0xff, 0, 1])?.hasPrefix("is no private key") == true)
  }

  @Test func whatVerifiesNothingIsRefused() throws {
    let line = "ssh-ed25519 \(Base64.text(try SigningFixture.key().publicKey.blob)) x\n"
    #expect(refusal(ofPublic: Array(line.utf8)) == nil)
    #expect(refusal(ofPublic: Array((line + line).utf8))?.contains("several") == true)
    #expect(refusal(ofPublic: Array("# nothing\n".utf8)) == "holds no public key")
    #expect(refusal(ofPublic: Array("ssh-rsa AAAA x\n".utf8))?.contains("ssh-rsa") == true)
    #expect(refusal(ofPublic: Array("ssh-ed25519 AAAA x\n".utf8)) == "is a broken public key")
    #expect(refusal(ofPublic: Array("acme \(line)".utf8))?.contains("no public key") == true)
    let mine = SigningFixture.armored("OPENSSH PRIVATE KEY", SigningFixture.openSSH())
    #expect(refusal(ofPublic: mine)?.contains("ssh-keygen -y") == true)
  }

  /// Every shorter text is refused, and none ends the program; a changed one gives the same key or none.
  @Test func brokenKeysAreRefusedAtEveryByte() throws {
    let mine = try SigningFixture.key().publicKey
    let blob = SigningFixture.openSSH()
    let text = SigningFixture.armored("OPENSSH PRIVATE KEY", blob)
    for count in 0..<(text.count - 1) { #expect(refusal(Array(text.prefix(count))) != nil, "\(count)") }
    for count in 0..<blob.count {
      let cut = SigningFixture.armored("OPENSSH PRIVATE KEY", Array(blob.prefix(count)))
      #expect(refusal(cut) != nil, "\(count)")
    }
    for bit in 0..<(blob.count * 8) {
      var changed = blob
      changed[bit / 8] ^= 1 << (bit % 8)
      let key = try? SigningKey(SigningFixture.armored("OPENSSH PRIVATE KEY", changed))
      #expect(key == nil || key?.publicKey == mine, "bit \(bit)")
    }
    for example in Self.examples {
      let bytes = try #require(Base64.bytes(example))
      for count in 0..<bytes.count {
        #expect(
          refusal(SigningFixture.armored("PRIVATE KEY", Array(bytes.prefix(count)))) != nil, "\(count)")
      }
      #expect(refusal(SigningFixture.armored("PRIVATE KEY", bytes + [0])) != nil)
    }
    let open = try #require(Base64.bytes(Self.examplePublicKey))
    for count in 0..<open.count {
      #expect(
        refusal(ofPublic: SigningFixture.armored("PUBLIC KEY", Array(open.prefix(count)))) != nil, "\(count)")
    }
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o601, 0o644, 0o777])
  func aPrivateKeyIsItsOwnersAlone(_ mode: Int) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "hostcap-key-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(SigningFixture.armored("OPENSSH PRIVATE KEY", SigningFixture.openSSH())).write(to: url)
    for good in [0o600, 0o400] {
      try FileManager.default.setAttributes([.posixPermissions: good], ofItemAtPath: url.path)
      #expect(try SigningKey(KeyFile(url.path)).publicKey.raw == SigningFixture.publicKey)
    }
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
    let reason =
      "holds a private key that is open to others (mode 0\(String(mode, radix: 8))): chmod 600 \(url.path)"
    #expect(throws: InputError(url.path, reason)) { try SigningKey(KeyFile(url.path)) }
  }

  @Test func aKeysFileIsAPlainOne() throws {
    for path in ["/dev/null", "/tmp"] {
      #expect(throws: InputError(path, "is no plain file, and a key is kept in one")) { try KeyFile(path) }
    }
  }
}
