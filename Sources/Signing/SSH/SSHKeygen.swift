// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
internal import LiveHost
public import Tape

/// OpenSSH's own program, which signs and verifies: what the compliance monitor and the fleet take is what it writes.
///
/// It reads the message from its standard input and the key from the file that it is named. Source: ssh-keygen(1), -Y.
public enum SSHKeygen {
  private static let program = Program("ssh-keygen")
  /// Bytes of a signature's file. One of Ed25519 has some 300.
  private static let signatureLimit = 64 << 10
  private static let signersLimit = 1 << 20

  /// The signature's text over `message`.
  ///
  /// Errors: the key is open to others, is no Ed25519 key, or ssh-keygen cannot read it.
  ///
  /// - Parameter key: a private key's file, or a public key's whose private half an SSH agent holds.
  public static func sign(_ message: [UInt8], key path: String, namespace: String) throws(InputError)
    -> [UInt8]
  {
    let file = try KeyFile(path)
    // A public key says which of the agent's keys it is, and is no secret.
    if !VerifyingKey.looksLikeLine(file.bytes) { try SigningKey.checkGuarded(file) }
    if let fault = Self.kindFault(file.bytes) { throw fault.of(path) }
    let outcome = try program.run(["-Y", "sign", "-f", path, "-n", namespace], input: message)
    guard outcome.status == 0 else {
      let said = cause(outcome, except: "Signing data on standard input")
      throw InputError(path, "ssh-keygen does not sign with it: \(said ?? "it says no cause")")
    }
    // Without a terminal ssh-keygen takes a passphrase from its standard input, and signs what is left of the message.
    guard let signature = SSHSignature(armored: outcome.output) else {
      throw InputError(path, "is no Ed25519 key, and no other is signed with: \(KeyKind.remedy)")
    }
    guard signature.namespace == namespace, signature.isOver(message) else {
      throw InputError(path, "ssh-keygen has signed something else: give it a key that needs no passphrase")
    }
    return outcome.output
  }

  /// Who signed, in ssh-keygen's words: `Good "report" signature for acme with ED25519 key SHA256:…`.
  ///
  /// Errors: the signature is not over `message`, or nobody who may sign for `identity` made it.
  public static func verify(
    _ message: [UInt8], of path: String, signature: String, signers: String, identity: String,
    namespace: String, at time: UTCTime?
  ) throws(InputError) -> String {
    // What cannot be read is told apart from what does not hold.
    let label = ArmoredBlock.label(of: try InputFile.read(signature, limit: signatureLimit))
    guard label == "SSH SIGNATURE" else {
      throw InputError(signature, "is no signature of ssh-keygen -Y sign")
    }
    _ = try InputFile.read(signers, limit: signersLimit)
    var words = ["-Y", "verify", "-f", signers, "-I", identity, "-n", namespace, "-s", signature]
    if let time { words += ["-O", "verify-time=\(digits(time))"] }
    let outcome = try program.run(words, input: message)
    guard outcome.status == 0 else {
      let who = "\(identity.debugDescription) for \(namespace.debugDescription)"
      throw InputError(
        path, "has no signature of \(who): \(cause(outcome, except: "") ?? "no allowed signer fits")")
    }
    return String(decoding: outcome.output.prefix { $0 != 0x0a }, as: UTF8.self)
  }

  /// Only what can be told without a passphrase; the rest is ssh-keygen's to say.
  private static func kindFault(_ text: [UInt8]) -> SigningFault? {
    guard ArmoredBlock.label(of: text) == OpenSSHPrivateKey.label else { return nil }
    do { _ = try SigningKey(text) } catch { return error == KeyKind.encrypted ? nil : error }
    return nil
  }

  /// `20261126120000Z`.
  private static func digits(_ time: UTCTime) -> String {
    time.description.filter { $0.isNumber } + "Z"
  }

  /// The last line on standard error that is about the matter; `nil`: there is none.
  private static func cause(_ outcome: Program.Outcome, except noise: String) -> String? {
    let lines = String(decoding: outcome.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.last { $0 != noise && !$0.isEmpty }.map(String.init)
  }
}
