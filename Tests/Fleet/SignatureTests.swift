// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import Foundation
import HostModel
import Tables
import Tape
import Testing

/// Signatures made by OpenSSH itself.
@Suite(
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ssh-keygen"), "no ssh-keygen here"))
struct SignatureTests {
  private let place: FleetFixture.Place

  init() throws {
    place = try FleetFixture.Place()
    for key in ["mine", "other"] {
      try keygen(["-q", "-t", "ed25519", "-N", "", "-f", "\(place.path)/\(key)"])
    }
    try keygen(["-q", "-t", "ecdsa", "-N", "", "-f", "\(place.path)/ecdsa"])
  }

  private func keygen(_ words: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-keygen")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(words)")
  }

  private func signature(
    _ text: String, key: String = "mine", namespace: String = AllowedSigners.namespace
  ) throws -> [UInt8] {
    try place.write(text, to: "n1.json")
    try? FileManager.default.removeItem(atPath: "\(place.path)/n1.json.sig")
    try keygen(["-Y", "sign", "-n", namespace, "-f", "\(place.path)/\(key)", "\(place.path)/n1.json"])
    return Array(try Data(contentsOf: URL(fileURLWithPath: "\(place.path)/n1.json.sig")))
  }

  private func signers(_ principals: String = "acme/*", key: String = "mine") throws -> AllowedSigners {
    let text = try String(contentsOfFile: "\(place.path)/\(key).pub", encoding: .utf8)
    return try AllowedSigners("# who may\n\n\(principals) \(text)", path: "signers")
  }

  private func outcome(
    _ text: String, _ signature: [UInt8]?, _ signers: AllowedSigners, of machine: String = "acme/r1/n1"
  ) -> String {
    let delivery = Delivery(
      source: "x", machine: machine, bytes: Array(text.utf8), signature: signature, isFile: true)
    do {
      return try Admission(now: FleetFixture.now, signers: signers).report(delivery).signedBy
    } catch { return error.reason.rawValue }
  }

  @Test func whatAnAllowedKeyHasSignedIsLetIn() throws {
    let text = FleetFixture.report()
    let signed = outcome(text, try signature(text), try signers())
    #expect(signed.hasPrefix("SHA256:") && signed.count == 50, "\(signed)")
    #expect(outcome(text, try signature(text), try signers("!acme/r2/*,acme/r?/*")) == signed)
    let option = try signers("acme/* namespaces=\"file,\(AllowedSigners.namespace)\"")
    #expect(outcome(text, try signature(text), option) == signed)
  }

  /// A report's file ends with a line end, which is signed with it.
  @Test func aFileIsSignedAsItLies() throws {
    let text = FleetFixture.report() + "\n"
    try place.write(text, to: "in/acme/r1/n1.json")
    try keygen([
      "-Y", "sign", "-n", AllowedSigners.namespace, "-f", "\(place.path)/mine",
      "\(place.path)/in/acme/r1/n1.json",
    ])
    let store = try Store()
    var ingest = Ingest(into: store, through: Admission(now: FleetFixture.now, signers: try signers()))
    try ingest.take(Deliveries(["\(place.path)/in"]))
    #expect(ingest.outcome.refusals == [])
    #expect(ingest.outcome.new == 1)
  }

  @Test func whoVouchesMayComeLater() throws {
    let text = FleetFixture.report()
    let store = try Store()
    for signature in [nil, try signature(text)] {
      try place.write(text, to: "later/acme/r1/n1.json")
      if let signature {
        try place.write(String(decoding: signature, as: UTF8.self), to: "later/acme/r1/n1.json.sig")
      }
      let admission = Admission(now: FleetFixture.now, signers: signature == nil ? nil : try signers())
      var ingest = Ingest(into: store, through: admission)
      try ingest.take(Deliveries(["\(place.path)/later"]))
    }
    #expect(try FleetFixture.answers(store)["providers"]?.first?[7] == .integer(1))
  }

  @Test func everythingElseIsRefused() throws {
    let text = FleetFixture.report()
    let good = try signature(text)
    let allowed = try signers()
    #expect(outcome(text, nil, allowed) == "unsigned")
    #expect(outcome(FleetFixture.report(kernel: "6.13"), good, allowed) == "signature", "other bytes")
    #expect(outcome(text, good, allowed, of: "zeta/r1/n1") == "signature", "another provider's host")
    #expect(outcome(text, good, try signers("!acme/r1/n1,acme/*")) == "signature", "excluded")
    #expect(outcome(text, good, try signers(key: "other")) == "signature", "another key")
    #expect(
      outcome(text, good, try signers("acme/* namespaces=\"file\"")) == "signature", "for other files only")
    #expect(
      outcome(text, try signature(text, namespace: "file"), allowed) == "signature", "another namespace")
    #expect(outcome(text, try signature(text, key: "ecdsa"), allowed) == "signature", "another kind of key")
    #expect(outcome(text, Array(good.dropLast(60)), allowed) == "signature", "cut")
    for index in stride(from: 40, to: good.count - 40, by: 7) {
      var changed = good
      changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      if changed != good { #expect(outcome(text, changed, allowed) == "signature", "byte \(index)") }
    }
  }

  @Test(arguments: [
    "", "acme/*", "acme/* ssh-rsa AAAA", "acme/* cert-authority ssh-ed25519 AAAA",
    "acme/* valid-before=\"20200101\" ssh-ed25519 AAAA", "acme/* ssh-ed25519 %%%",
  ])
  func aFileThatSaysMoreThanIsUnderstoodIsRefused(_ text: String) {
    #expect(throws: InputError.self) { try AllowedSigners(text, path: "signers") }
  }
}
