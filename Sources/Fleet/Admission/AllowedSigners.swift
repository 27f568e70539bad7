// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import Signing
public import Tape

/// Who may sign the reports of which hosts: OpenSSH's file of allowed signers, whose principals are hosts.
///
/// `acme/r1/* namespaces="hostcap-report@scs.community" ssh-ed25519 AAAA… rack 7`. A signature says who vouches for a
/// report, not that the report is true. Source: ssh-keygen(1), ALLOWED SIGNERS.
public struct AllowedSigners: Sendable {
  /// Keeps reports' signatures apart from logins and from other files that the same key signs.
  public static let namespace = "hostcap-report@scs.community"

  private struct Line: Sendable {
    let principals: [Substring]
    let namespaces: [Substring]?
    let key: [UInt8]
  }

  private let lines: [Line]

  /// Errors: a line that is none, a key that is not Ed25519, an option that is not known: what it would forbid must not
  /// be let through.
  public init(_ text: String, path: String) throws(InputError) {
    var lines: [Line] = []
    for (index, text) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let text = text.drop { $0 == " " || $0 == "\t" }
      if text.isEmpty || text.hasPrefix("#") { continue }
      do throws(ShapeOfLine) { lines.append(try Self.line(text)) } catch {
        throw InputError(path, line: index + 1, error.reason)
      }
    }
    guard !lines.isEmpty else { throw InputError(path, "allows nobody") }
    self.lines = lines
  }

  private struct ShapeOfLine: Error { let reason: String }

  private static func line(_ text: Substring) throws(ShapeOfLine) -> Line {
    var words = text.split { $0 == " " || $0 == "\t" }[...]
    let principals = words.popFirst()?.split(separator: ",") ?? []
    var namespaces: [Substring]?
    if let options = words.first, !options.hasPrefix("ssh-") {
      words.removeFirst()
      guard options.hasPrefix("namespaces=\""), options.hasSuffix("\""), options.count > 13,
        !options.dropFirst(12).dropLast().contains("\"")
      else { throw ShapeOfLine(reason: "the only option is namespaces=\"…\"") }
      namespaces = options.dropFirst(12).dropLast().split(separator: ",")
    }
    guard words.popFirst() == "ssh-ed25519", let text = words.first,
      let key = Data(base64Encoded: String(text))
    else { throw ShapeOfLine(reason: "no ssh-ed25519 key") }
    return Line(principals: principals, namespaces: namespaces, key: Array(key))
  }

  /// The fingerprint of the key that vouches for a host's report.
  ///
  /// - Parameter texts: the report as its file has it, and without the blanks at its ends.
  func signer(
    of texts: [[UInt8]], by armored: [UInt8]?, for host: HostIdentity, _ delivery: Delivery
  ) throws(Refusal) -> String {
    func refusal(_ reason: Refusal.Reason, _ detail: String) -> Refusal {
      delivery.refusal(reason, detail, subject: "\(host)")
    }
    guard let armored else { throw refusal(.unsigned, "has no signature beside it") }
    guard let signature = SSHSignature(armored: armored) else {
      throw refusal(.signature, "its signature is none of ssh-keygen -Y sign with an Ed25519 key")
    }
    let fingerprint = SSHSignature.fingerprint(signature.key)
    guard signature.namespace == Self.namespace else {
      throw refusal(
        .signature, "signed for \(signature.namespace.debugDescription), not for \(Self.namespace)")
    }
    let isAllowed = lines.contains { line in
      line.key == signature.key && Self.matches(line.principals, "\(host)")
        && line.namespaces.map { Self.matches($0, Self.namespace) } != false
    }
    guard isAllowed else { throw refusal(.signature, "\(fingerprint) may not sign for \(host)") }
    guard texts.contains(where: signature.isOver) else {
      throw refusal(.signature, "signed by \(fingerprint) over other bytes")
    }
    return fingerprint
  }

  /// A list of patterns with `*` and `?`; one with `!` that fits excludes. Source: ssh_config(5), PATTERNS.
  static func matches(_ patterns: [Substring], _ text: String) -> Bool {
    var isIn = false
    for pattern in patterns {
      let negates = pattern.hasPrefix("!")
      guard fits(Array((negates ? pattern.dropFirst() : pattern).utf8)[...], Array(text.utf8)[...]) else {
        continue
      }
      if negates { return false }
      isIn = true
    }
    return isIn
  }

  private static func fits(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (pattern, text) = (pattern, text)
    var star: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
    while !text.isEmpty {
      if pattern.first == UInt8(ascii: "*") {
        pattern.removeFirst()
        star = (pattern, text)
      } else if let wanted = pattern.first, wanted == text.first || wanted == UInt8(ascii: "?") {
        pattern.removeFirst()
        text.removeFirst()
      } else if let (behind, from) = star {
        (pattern, text) = (behind, from.dropFirst())
        star = (behind, text)
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
