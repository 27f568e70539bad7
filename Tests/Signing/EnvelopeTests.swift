// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Signing

/// Envelopes, and what must not be taken for one.
@Suite struct EnvelopeTests {
  /// Source: DSSE v1.0, protocol.md, "Test Vectors".
  @Test func whatIsSignedIsTheStandards() {
    let encoded = Envelope.encoded(Array("hello world".utf8), of: "http://example.com/HelloWorld")
    #expect(
      String(decoding: encoded, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    // Lengths are of bytes, not of letters.
    #expect(Envelope.encoded([0, 255], of: "é") == Array("DSSEv1 2 é 2 ".utf8) + [0, 255])
  }

  @Test func whatIsWrittenIsRead() throws {
    let text = try SigningFixture.envelope()
    let envelope = try Envelope(text)
    #expect(envelope.text == text)
    #expect(envelope.payload == (try SigningFixture.statement().payload))
    #expect(envelope.signatures.map(\.keyID) == [try SigningFixture.key().publicKey.keyID])
    #expect(try SigningFixture.refusal(text) == nil)
  }

  /// Every single bit of what an envelope holds, in its text: nothing else may be read as the same.
  @Test func everyFlippedBitOfPayloadAndSignatureIsRefused() throws {
    let text = try SigningFixture.envelope()
    let whole = String(decoding: text, as: UTF8.self)
    for key in ["payload", "sig"] {
      let start = try #require(whole.range(of: "\"\(key)\":\"")).upperBound
      let end = try #require(whole[start...].firstIndex(of: "\""))
      let place = whole.utf8.distance(from: whole.startIndex, to: start)
      let count = whole.utf8.distance(from: start, to: end)
      #expect(count >= 88)
      for bit in 0..<(count * 8) {
        var changed = text
        changed[place + bit / 8] ^= 1 << (bit % 8)
        #expect(try SigningFixture.refusal(changed) != nil, "\(key), bit \(bit)")
      }
    }
  }

  @Test func everyFlippedBitOfTheTypeIsRefused() throws {
    let text = try SigningFixture.envelope()
    let whole = String(decoding: text, as: UTF8.self)
    let range = try #require(whole.range(of: ReportStatement.payloadType))
    let place = whole.utf8.distance(from: whole.startIndex, to: range.lowerBound)
    for bit in 0..<(ReportStatement.payloadType.utf8.count * 8) {
      var changed = text
      changed[place + bit / 8] ^= 1 << (bit % 8)
      #expect(try SigningFixture.refusal(changed) != nil, "bit \(bit)")
    }
  }

  @Test func everyShorterFileIsRefused() throws {
    let text = try SigningFixture.envelope()
    #expect(text.last == 0x0a)
    for count in 0..<(text.count - 1) {
      #expect(try SigningFixture.refusal(Array(text.prefix(count))) != nil, "\(count)")
    }
  }

  private func object(_ text: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
  }

  private func text(_ object: [String: Any]) throws -> [UInt8] {
    Array(try JSONSerialization.data(withJSONObject: object))
  }

  @Test func aKeysNameIsOnlyAHint() throws {
    var envelope = try object(SigningFixture.envelope())
    let signatures = try #require(envelope["signatures"] as? [[String: Any]])
    for name in [nil, "", "somebody else's"] as [String?] {
      var signature = signatures[0]
      signature["keyid"] = name
      envelope["signatures"] = [signature]
      #expect(try SigningFixture.refusal(text(envelope)) == nil, "\(name ?? "none")")
    }
  }

  @Test func otherSignaturesAndOtherMembersDoNotMatter() throws {
    var envelope = try object(SigningFixture.envelope())
    let signatures = try #require(envelope["signatures"] as? [[String: Any]])
    envelope["signatures"] =
      [["keyid": "a", "sig": "AAAA"], ["keyid": "b", "sig": "", "cert": "x"]] + signatures
    envelope["extension"] = ["kind": 1]
    #expect(try SigningFixture.refusal(text(envelope)) == nil)
    let stranger = try #require(VerifyingKey(raw: SigningFixture.bytes(String(repeating: "19", count: 32))))
    let mine = try SigningFixture.key().publicKey
    #expect(try SigningFixture.refusal(text(envelope), [stranger, mine]) == nil)
    #expect(try SigningFixture.refusal(text(envelope), [stranger]) == "is not signed by the given key")
    #expect(
      try SigningFixture.refusal(text(envelope), [stranger, stranger])
        == "is not signed by any of the given keys")
    #expect(try SigningFixture.refusal(text(envelope), []) != nil)
  }

  @Test func theOtherAlphabetIsReadAndAMixtureIsNot() throws {
    var envelope = try object(SigningFixture.envelope())
    let payload = try SigningFixture.statement().payload + Array("   ".utf8)
    let signed = try Envelope(signing: payload, of: ReportStatement.payloadType, by: SigningFixture.key())
    envelope = try object(signed.text)
    let signatures = try #require(envelope["signatures"] as? [[String: Any]])
    let plain = try #require(signatures[0]["sig"] as? String)
    let safe = plain.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
    #expect(safe != plain, "the signature has none of the four letters, so nothing was tested")
    envelope["signatures"] = [["sig": safe]]
    #expect(try SigningFixture.refusal(text(envelope)) == nil)
    for wrong in [
      safe + "+", "/" + safe, safe.replacingOccurrences(of: "=", with: ""), plain + "\n", " " + plain,
    ] {
      envelope["signatures"] = [["sig": wrong]]
      #expect(try SigningFixture.refusal(text(envelope)) != nil, "\(wrong)")
    }
  }

  @Test func whatIsNoEnvelopeIsRefusedWithTheReason() throws {
    let good = String(decoding: try SigningFixture.envelope(), as: UTF8.self)
    let cases = [
      ("", "is no DSSE envelope: is not JSON"), ("[]", "is no DSSE envelope: the object is of another type"),
      ("{}", "is no DSSE envelope: the object has no payload"),
      (
        good.replacingOccurrences(of: "\"signatures\":[", with: "\"signatures\":[],\"x\":["),
        "nobody has signed"
      ),
      (good.replacingOccurrences(of: "{\"payload\":", with: "{\"payload\":\"\",\"payload\":"), "twice"),
      (String(repeating: " ", count: Envelope.sizeLimit) + good, "longer than"),
    ]
    for (text, reason) in cases {
      let refusal = try #require(try SigningFixture.refusal(Array(text.utf8)))
      #expect(refusal.contains(reason), "\(refusal)")
    }
    var many = try object(Array(good.utf8))
    many["signatures"] = Array(repeating: ["sig": ""], count: Envelope.signatureLimit + 1)
    #expect(try SigningFixture.refusal(text(many)) == "has more than 64 signatures")
  }
}
