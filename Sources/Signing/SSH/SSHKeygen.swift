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
    try SigningKey.checkGuarded(file)
    let known: VerifyingKey?
    do { known = try publicKey(file.bytes) } catch { throw error.of(path) }
    let outcome = try program.run(["-Y", "sign", "-f", path, "-n", namespace], input: message)
    guard outcome.status == 0 else { throw InputError(path, refusal(of: file, outcome)) }
    // Without a terminal ssh-keygen takes a passphrase from its standard input, and signs what is left of the message.
    guard let signature = SSHSignature(armored: outcome.output) else {
      throw InputError(path, "is no Ed25519 key, and no other is signed with: \(KeyKind.remedy)")
    }
    guard signature.namespace == namespace, signature.isOver(message),
      known.map({ $0.blob == signature.key }) ?? true
    else {
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
    let armored = try InputFile.read(signature, limit: signatureLimit)
    guard ArmoredBlock.label(of: armored) == "SSH SIGNATURE" else {
      throw InputError(signature, "is no signature of ssh-keygen -Y sign")
    }
    let allowed = try InputFile.read(signers, limit: signersLimit)
    // What was read is what counts: a path may lead elsewhere a moment later, or to the message itself.
    var words = ["-Y", "verify", "-f", "/dev/fd/3", "-I", identity, "-n", namespace, "-s", "/dev/fd/4"]
    if let time { words += ["-O", "verify-time=\(digits(time))"] }
    let outcome = try program.run(words, input: message, file: allowed, other: armored)
    guard outcome.status == 0 else {
      let who = "\(identity.debugDescription) for \(namespace.debugDescription)"
      throw InputError(
        path, "has no signature of \(who): \(cause(outcome, except: "") ?? "no allowed signer fits")")
    }
    return String(decoding: outcome.output.prefix { $0 != 0x0a }, as: UTF8.self)
  }

  /// The public half of a key's file, as far as it can be told without a passphrase; `nil`: it cannot.
  private static func publicKey(_ text: [UInt8]) throws(SigningFault) -> VerifyingKey? {
    if VerifyingKey.looksLikeLine(text) { return try VerifyingKey(text) }
    switch ArmoredBlock.label(of: text) {
    case OpenSSHPrivateKey.label?:
      do { return try SigningKey(text).publicKey } catch {
        if error == KeyKind.encrypted { return nil }
        throw error
      }
    case "PRIVATE KEY"?, "ENCRYPTED PRIVATE KEY"?, nil: return nil
    case let label?:
      if let fault = KeyKind.fault(ofBlock: label) { throw fault }
      return nil
    }
  }

  private static func refusal(of file: KeyFile, _ outcome: Program.Outcome) -> String {
    let said = cause(outcome, except: "Signing data on standard input") ?? outcome.complaint
    switch ArmoredBlock.label(of: file.bytes) {
    case OpenSSHPrivateKey.label? where (try? SigningKey(file.bytes)) == nil:
      return
        "is encrypted, and ssh-keygen got no passphrase at a terminal: ssh-add it, and give its .pub (\(said))"
    case "PRIVATE KEY"?, "ENCRYPTED PRIVATE KEY"?:
      return "is in PEM, which ssh-keygen does not sign with: \(KeyKind.remedy) (\(said))"
    default: return "ssh-keygen does not sign with it: \(said)"
    }
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
