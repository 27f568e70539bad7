// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
public import HostModel

/// A proof on its way out: the line that `AdmittedProof` reads.
public struct ProofDocument: Sendable, Hashable {
  /// Bytes of one member.
  public static let textLimit = 400
  private static let version = "1.0.0"

  public let provider, hardwareClass, capability: String
  public let provenAt: UTCTime
  public let means: String

  /// `nil`: a member is no name, or no text as below.
  ///
  /// - Parameter means: what was done, and who says so; cut where it is too long.
  public init?(
    provider: String, hardwareClass: String, capability: String, provenAt: UTCTime, means: String
  ) {
    let short = Self.cut(means)
    guard HostIdentity.isName(provider), HostIdentity.isName(capability), Self.isText(hardwareClass),
      Self.isText(short)
    else { return nil }
    (self.provider, self.hardwareClass, self.capability) = (provider, hardwareClass, capability)
    (self.provenAt, self.means) = (provenAt, short)
  }

  /// Neither empty nor too long, and without control characters.
  public static func isText(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= textLimit && !text.utf8.contains(where: HostFacts.isControl)
  }

  /// At whole characters.
  private static func cut(_ text: String) -> String {
    var text = text
    while text.utf8.count > textLimit { text.removeLast() }
    return text
  }

  /// One line of JSON, keys sorted, with the newline.
  public var line: [UInt8] {
    let document: JSONValue = [
      "proofVersion": .string(Self.version), "provider": .string(provider), "class": .string(hardwareClass),
      "capability": .string(capability), "provenAt": .string(provenAt.description), "means": .string(means),
    ]
    var bytes: [UInt8] = []
    document.write(into: &bytes, indented: false)
    return bytes + [UInt8(ascii: "\n")]
  }
}
