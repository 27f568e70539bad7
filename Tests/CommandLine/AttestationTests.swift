// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// DSSE envelopes, as they are typed.
@Suite(.enabled(if: SigningPlace.isThere(SigningPlace.keygen), "no ssh-keygen here")) struct AttestationTests
{
  private let place: SigningPlace
  private let envelope: String

  init() throws {
    place = try SigningPlace()
    envelope = "\(place.report).dsse"
    let signed = try place.hostcap(
      "sign", place.report, "--dsse", "--key", place.path("mine"), "--provider", "acme", "--layer", "iaas",
      "--release", "2026.2-rc1")
    try #require(signed.status == 0, "\(signed.complaint)")
  }

  private func verify(_ words: String...) throws -> Program.Result {
    try Program.hostcap.run(["verify", envelope] + words)
  }

  private func payload() throws -> [UInt8] {
    let object =
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: envelope))) as? [String: Any]
    let text = try #require(object?["payload"] as? String)
    return Array(try #require(Data(base64Encoded: text)))
  }

  @Test func whoAndWhatAndWhenAreTold() throws {
    let result = try verify(
      "--key", place.path("mine.pub"), "--report", place.report, "--subject", "report.json")
    #expect(result.status == 0, "\(result.complaint)")
    let print = try SigningPlace.run(SigningPlace.keygen, ["-l", "-f", place.path("mine.pub")]).text
    let fingerprint = try #require(print.split(separator: " ").first { $0.hasPrefix("SHA256:") })
    #expect(result.lines.count == 5)
    #expect(result.lines[0].hasPrefix("signed by \(fingerprint) at 20"))
    #expect(result.lines[1] == "provider: acme, iaas, release 2026.2-rc1")
    #expect(result.lines[2].hasPrefix("class: ") && result.lines[2].hasSuffix(", Milan"))
    #expect(result.lines[3].hasPrefix("report report.json: observed at \(SigningPlace.observedAt), SHA-256 "))
    #expect(result.lines[4].hasPrefix("capabilities: 2 ready, "))
  }

  @Test func noHostIsNamed() throws {
    let text = String(decoding: try payload(), as: UTF8.self)
    for word in ["n1", "r1", "reports"] { #expect(!text.contains("\(word)."), "\(word)") }
    #expect(text.contains("\"name\":\"report.json\""))
  }

  @Test func everyFormOfAKeyServes() throws {
    let line = try String(contentsOf: place.folder.file("mine.pub"), encoding: .utf8)
    #expect(try verify("--key", line.trimmingCharacters(in: .newlines)).status == 0)
    #expect(try verify("--key", place.path("other.pub"), "--key", place.path("mine.pub")).status == 0)
    guard SigningPlace.isThere(SigningPlace.openssl) else {
      print("SKIPPED: no openssl on this machine, so none of its keys was read")
      return
    }
    let (mine, open) = (place.path("pem"), place.path("pem.pub"))
    for words in [
      ["genpkey", "-algorithm", "ed25519", "-out", mine], ["pkey", "-in", mine, "-pubout", "-out", open],
    ] {
      #expect(try SigningPlace.run(SigningPlace.openssl, words).status == 0)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: mine)
    let signed = try place.hostcap("sign", place.report, "--dsse", "--key", mine, "--output", "-")
    #expect(signed.status == 0, "\(signed.complaint)")
    let file = try place.folder.write(signed.output, "pem.dsse")
    #expect(try place.hostcap("verify", file, "--key", open).status == 0)
    #expect(try place.hostcap("verify", file, "--key", place.path("mine.pub")).status == 2)
  }

  @Test func whatDoesNotHoldIsRefusedInOneLine() throws {
    let key = place.path("mine.pub")
    func refusal(_ file: String, _ words: String...) throws -> String {
      let result = try Program.hostcap.run(["verify", file] + words)
      #expect(result.status == 2 && result.output.isEmpty, "\(words): \(result.complaint)")
      #expect(result.complaint.hasPrefix("hostcap: ") && result.complaint.split(separator: "\n").count == 1)
      return result.complaint
    }
    #expect(try refusal(envelope, "--key", place.path("other.pub")).contains("not signed by the given key"))
    #expect(try refusal(envelope, "--key", key, "--report", place.compliance).contains("is not the report"))
    #expect(try refusal(envelope, "--key", key, "--subject", "n1").contains("is about \"report.json\""))
    #expect(try refusal(envelope, "--key", key, "--max-age", "52w").contains("too old: observed"))
    #expect(try refusal(envelope, "--key", key, "--at", "2024-05-01T09:00:00Z").contains("from the future"))
    #expect(try refusal(envelope, "--key", place.path("mine")).contains("private key"))
    #expect(try refusal(envelope, "--key", place.compliance).contains("no public key"))
    #expect(try refusal(place.report, "--key", key).contains("is no DSSE envelope"))
    let text = try Data(contentsOf: URL(filePath: envelope))
    for count in [0, 1, text.count / 2, text.count - 3] {
      #expect(try refusal(place.folder.write(text.prefix(count), "cut"), "--key", key).contains("cut: "))
    }
    var changed = Array(text)
    changed[40] = changed[40] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    #expect(try refusal(place.folder.write(changed, "changed"), "--key", key).contains("not signed"))
  }

  @Test func aStatementIsOfAHostsReportOnly() throws {
    for (words, reason) in [("{}", "is no host's report"), ("hello", "is no host's report")] {
      let file = try place.folder.write(words.utf8, "words")
      let result = try place.hostcap("sign", file, "--dsse", "--key", place.path("mine"))
      #expect(result.status == 2)
      #expect(result.complaint.contains(reason), "\(result.complaint)")
    }
    #expect(try place.hostcap("sign", place.compliance, "--dsse", "--key", place.path("mine")).status == 2)
  }

  /// Somebody else's validator, where the machine has one.
  @Test func whatIsStatedFitsThePublishedSchema() throws {
    let schema = try place.folder.write(
      try place.hostcap("schema", "--predicate").output, "predicate.schema.json")
    let published = PlanTests.tapes.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(
        path: "Reports/JSON/Schema/hostcap-attestation-1.0.0.schema.json")
    #expect(try Data(contentsOf: URL(filePath: schema)) == Data(contentsOf: published))
    let probe = try SigningPlace.run("/usr/bin/env", ["python3", "-c", "import jsonschema"])
    guard probe.status == 0 else {
      print("SKIPPED: python3 with jsonschema is not installed, so no statement was validated")
      return
    }
    let script = """
      import json, sys, jsonschema
      schema, statement = (json.load(open(path)) for path in sys.argv[1:])
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      predicate = statement['predicate']
      for error in validator.iter_errors(predicate):
          sys.exit(error.json_path + ': ' + error.message[:300])
      for key, wrong in [('surprise', 1), ('layer', 'moon'), ('observedAt', 'now'), ('class', 'a\\x1bb'),
                         ('capabilities', {'iommu': 'perhaps'}), ('provider', 'a/b')]:
          if validator.is_valid({**predicate, key: wrong}): sys.exit('the schema accepts any ' + key)
      for key in schema['required']:
          if validator.is_valid({k: v for k, v in predicate.items() if k != key}): sys.exit('no ' + key + ' is fine')
      """
    let file = try place.folder.write(try payload(), "statement.json")
    let result = try SigningPlace.run("/usr/bin/env", ["python3", "-c", script, schema, file])
    #expect(result.status == 0, "\(result.complaint)")
  }
}
