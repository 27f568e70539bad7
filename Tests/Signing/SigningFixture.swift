// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostModel

@testable import Signing

/// Keys that everybody knows, and what they sign.
enum SigningFixture {
  /// Source: RFC 8032, section 7.1, TEST 1.
  static let seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
  static let publicKey = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
  static let now = UTCTime("2026-11-26T12:00:00Z") ?? .epoch

  static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.utf8.map { UInt8($0 > 0x39 ? $0 - 0x57 : $0 - 0x30) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  static func armored(_ label: String, _ bytes: [UInt8]) -> [UInt8] {
    let text = Array(Base64.text(bytes))
    let lines = stride(from: 0, to: text.count, by: 70).map { String(text[$0..<min($0 + 70, text.count)]) }
    return Array("-----BEGIN \(label)-----\n\(lines.joined(separator: "\n"))\n-----END \(label)-----\n".utf8)
  }

  static func number(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  static func strings(_ parts: [[UInt8]]) -> [UInt8] { parts.flatMap(SSHStrings.encoded) }

  /// As ssh-keygen writes it. Source: OpenSSH PROTOCOL.key.
  static func openSSH(
    kind: String = "ssh-ed25519", cipher: String = "none", count: UInt32 = 1,
    inner publicKey: [UInt8] = publicKey
  ) -> [UInt8] {
    let blob = strings([Array(kind.utf8), Self.publicKey])
    var inner = number(7) + number(7)
    inner += strings([Array(kind.utf8), publicKey, seed + publicKey, Array("lab".utf8)])
    inner += (0..<(8 - inner.count % 8) % 8).map { UInt8($0 + 1) }
    return Array("openssh-key-v1\0".utf8) + strings([Array(cipher.utf8), Array("none".utf8), []])
      + number(count) + strings([blob, inner])
  }

  static func key() throws -> SigningKey { try SigningKey(armored("OPENSSH PRIVATE KEY", openSSH())) }

  /// A report of one machine.
  static func report(
    observedAt: String = "\"2026-11-26T10:00:00Z\"", environment: String = "bareMetal",
    product: String = "Rack 1"
  ) -> [UInt8] {
    Array(
      """
      {"schemaVersion":"1.0.0","generator":{"name":"hostcap","version":"0.1.0"},
      "source":{"observedAt":\(observedAt)},"environment":{"kind":"\(environment)"},
      "capabilities":[
      {"id":"amd.sev-snp","title":"SNP","state":"ready","stopsAt":null,"firstUnknown":null},
      {"id":"iommu","title":"IOMMU","state":"unknown","stopsAt":null,"firstUnknown":null}],
      "facts":{"machine.vendor":{"value":"Example"},"machine.product":{"value":"\(product)"},
      "cpu.codename":{"value":"Genoa"}},
      "findings":[],"contradictions":[],
      "pci":{"functions":[],"physicalFunctions":[],"accelerators":[],"units":[]}}

      """.utf8)
  }

  static func statement(of report: [UInt8] = report(), at now: UTCTime = now) throws -> ReportStatement {
    var addition = ReportStatement.Addition()
    (addition.provider, addition.layer, addition.release) = ("acme", .host, "2026.2-rc1")
    return try ReportStatement(about: report, addition, now: now)
  }

  /// Signed over any payload, as somebody else's tool might.
  static func envelope(
    _ payload: [UInt8], of type: String = ReportStatement.payloadType
  ) throws -> [UInt8] {
    try Envelope(signing: payload, of: type, by: key()).text
  }

  static func envelope() throws -> [UInt8] { try envelope(statement().payload) }

  /// Why an envelope is refused; `nil`: it is taken.
  static func refusal(_ text: [UInt8], _ keys: [VerifyingKey]? = nil) throws -> String? {
    let keys = try keys ?? [key().publicKey]
    do { _ = try VerifiedStatement(envelope: text, keys: keys) } catch { return error.reason }
    return nil
  }
}
