// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import StrictJSON

/// A DSSE envelope: bytes of a stated type, and signatures over both.
///
/// What it holds is not read before a signature of a given key holds. Source: DSSE v1.0, protocol.md and envelope.md.
public struct Envelope: Sendable, Hashable {
  public struct Signature: Sendable, Hashable {
    /// A hint that nobody has signed; `nil`: none is given.
    public let keyID: String?
    public let bytes: [UInt8]
  }

  /// Bytes of an envelope's file. A statement about a report has a few thousand.
  public static let sizeLimit = 1 << 20
  /// Of one envelope.
  public static let signatureLimit = 64

  public let payload: [UInt8]
  public let payloadType: String
  public let signatures: [Signature]

  /// Signed by one key.
  public init(signing payload: [UInt8], of type: String, by key: SigningKey) throws(SigningFault) {
    (self.payload, payloadType) = (payload, type)
    let bytes = try key.signature(for: Self.encoded(payload, of: type))
    signatures = [Signature(keyID: key.publicKey.keyID, bytes: bytes)]
  }

  /// Errors: no JSON, or not of an envelope's form. Members that are not known are passed over, as envelope.md asks for.
  public init(_ text: [UInt8]) throws(SigningFault) {
    guard text.count <= Self.sizeLimit else {
      throw SigningFault("longer than \(Self.sizeLimit) bytes, so it is no envelope of ours")
    }
    do {
      let root = try JSONDocument(text).root
      payload = try root.member("payload", Self.base64)
      payloadType = try root.text(at: "payloadType")
      signatures = try root.list("signatures") { entry throws(ShapeError) in
        Signature(
          keyID: try entry.optionalText(at: "keyid"),
          bytes: try entry.member("sig", Self.base64))
      }
    } catch let fault as JSONFault {
      throw SigningFault("is no DSSE envelope: \(fault)")
    } catch {
      throw SigningFault("is no DSSE envelope: \(error)")
    }
    guard !signatures.isEmpty else { throw SigningFault("is a DSSE envelope that nobody has signed") }
    guard signatures.count <= Self.signatureLimit else {
      throw SigningFault("has more than \(Self.signatureLimit) signatures")
    }
  }

  private static func base64(_ value: JSONElement) throws(ShapeError) -> [UInt8] {
    guard let bytes = Base64.bytesOfEither(try value.string()) else { throw ShapeError("is no base64") }
    return bytes
  }

  /// The first of `keys` that a signature holds with; `nil`: none. Every key is tried: a key's name is only a hint.
  public func signer(among keys: [VerifyingKey]) -> VerifyingKey? {
    let message = Self.encoded(payload, of: payloadType)
    return keys.first { key in signatures.contains { key.isValid($0.bytes, for: message) } }
  }

  /// What is signed: PAE(UTF8(type), payload). Source: protocol.md, "Signature Definition".
  public static func encoded(_ payload: [UInt8], of type: String) -> [UInt8] {
    let type = Array(type.utf8)
    return Array("DSSEv1 \(type.count) ".utf8) + type + Array(" \(payload.count) ".utf8) + payload
  }

  /// The envelope's file: canonical JSON on one line.
  public var text: [UInt8] {
    let entries = signatures.map { signature -> JSONValue in
      var members: [String: JSONValue] = ["sig": .string(Base64.text(signature.bytes))]
      if let keyID = signature.keyID { members["keyid"] = .string(keyID) }
      return .object(members)
    }
    let envelope: JSONValue = [
      "payload": .string(Base64.text(payload)), "payloadType": .string(payloadType),
      "signatures": .array(entries),
    ]
    var bytes: [UInt8] = []
    envelope.write(into: &bytes, indented: false)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }
}
