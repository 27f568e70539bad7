// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Signatures that OpenSSH's own program takes and makes.
@Suite(.enabled(if: SigningPlace.isThere(SigningPlace.keygen), "no ssh-keygen here")) struct SignTests {
  private let place: SigningPlace

  init() throws { place = try SigningPlace() }

  private func keygen(_ words: [String], input: [UInt8] = []) throws -> Program.Result {
    try SigningPlace.run(SigningPlace.keygen, words, input: input)
  }

  private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

  @Test func theMonitorsWayOfVerifyingTakesWhatIsSigned() throws {
    let signed = try place.hostcap("sign", place.compliance, "--key", place.path("mine"))
    #expect(signed.status == 0 && signed.output.isEmpty, "\(signed.complaint)")
    let file = "\(place.compliance).sig"
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o644)
    let words = ["-Y", "verify", "-f", place.signers, "-I", "acme", "-n", "report", "-s", file]
    #expect(try keygen(words, input: bytes(place.compliance)).status == 0)
    #expect(try keygen(words, input: bytes(place.compliance) + [0x0a]).status != 0)
  }

  @Test func whatSshKeygenSignsIsTaken() throws {
    let made = try keygen(["-Y", "sign", "-f", place.path("mine"), "-n", "report", place.compliance])
    #expect(made.status == 0)
    let taken = try place.verify(
      place.compliance, "--signers", place.signers, "--identity", "acme", "--subject", "acme", "--max-age",
      "7d")
    #expect(taken.status == 0, "\(taken.complaint)")
    #expect(taken.lines.count == 2)
    #expect(taken.lines[0].hasPrefix("Good \"report\" signature for acme with ED25519 key SHA256:"))
    #expect(taken.lines[1] == "report of acme, checked at 2026-11-26 10:00:00+00:00")
  }

  @Test func aSignedReportIsTakenByTheFleetAndNoOther() throws {
    let signed = try place.hostcap("sign", place.report, "--key", place.path("mine"))
    #expect(signed.status == 0, "\(signed.complaint)")
    func ingest(_ db: String) throws -> Program.Result {
      try place.hostcap(
        "fleet", "ingest", place.path("reports"), "--db", place.path(db), "--signers", place.signers, "--now",
        SigningPlace.moment)
    }
    let taken = try ingest("one")
    #expect(taken.text == "1 reports taken, 0 there already, 0 refused\n", "\(taken.complaint)")
    let verified = try place.verify(place.report, "--signers", place.signers, "--identity", "acme/r1/n1")
    #expect(
      verified.lines.last == "host report, observed at \(SigningPlace.observedAt)", "\(verified.complaint)")
    _ = try place.hostcap("sign", place.report, "--key", place.path("other"))
    #expect(try ingest("two").status == 2)
    _ = try place.hostcap("sign", place.report, "--key", place.path("mine"), "--namespace", "report")
    #expect(try ingest("three").status == 2)
  }

  @Test func whatIsNotWhatWasSignedIsRefusedInOneLine() throws {
    #expect(try place.hostcap("sign", place.compliance, "--key", place.path("mine")).status == 0)
    let good = ["--signers", place.signers, "--identity", "acme"]
    func refusal(_ file: String, _ words: [String], at moment: String = SigningPlace.moment) throws -> String
    {
      let result = try Program.hostcap.run(["verify", file] + words + ["--at", moment])
      #expect(result.status == 2 && result.output.isEmpty, "\(words)")
      #expect(result.complaint.hasPrefix("hostcap: ") && result.complaint.split(separator: "\n").count == 1)
      return result.complaint
    }
    #expect(try place.verify(place.compliance, good[0], good[1], good[2], good[3]).status == 0)
    let signature = ["--signature", "\(place.compliance).sig"]
    let tampered = try place.folder.write(try bytes(place.compliance) + [0x0a], "tampered.yaml")
    #expect(try refusal(tampered, good + signature).contains("incorrect signature"))
    #expect(
      try refusal(place.compliance, ["--signers", place.signers, "--identity", "zeta"]).contains("zeta"))
    #expect(try refusal(place.compliance, good + ["--namespace", "file"]).contains("namespace"))
    #expect(try refusal(place.compliance, good + ["--subject", "zeta"]).contains("subject \"acme\""))
    #expect(try refusal(place.compliance, good + ["--max-age", "119m"]).contains("too old"))
    #expect(try refusal(place.compliance, good, at: "2026-11-26T09:44:59Z").contains("from the future"))
    #expect(try refusal(tampered, good).contains("No such file"))
    let other = try String(contentsOf: place.folder.file("other.pub"), encoding: .utf8)
    let others = try place.folder.write("acme \(other)".utf8, "others")
    #expect(try refusal(place.compliance, ["--signers", others, "--identity", "acme"]).contains("acme"))
    let expired = try place.folder.write(
      "acme valid-before=\"20200101\" \(try String(contentsOf: place.folder.file("mine.pub"), encoding: .utf8))"
        .utf8, "expired")
    #expect(try refusal(place.compliance, ["--signers", expired, "--identity", "acme"]).contains("acme"))
    #expect(
      try refusal(place.compliance, good + ["--signature", place.signers]).contains("is no signature"))
  }

  @Test func everyDocumentOfAFileHasToHold() throws {
    let two = SigningPlace.document("acme") + SigningPlace.document("zeta", "2026-11-01 10:00:00+00:00")
    let file = try place.folder.write(two.utf8, "two.yaml")
    #expect(try place.hostcap("sign", file, "--key", place.path("mine")).status == 0)
    let good = try place.verify(file, "--signers", place.signers, "--identity", "acme")
    #expect(good.lines.count == 3, "\(good.complaint)")
    let subject = try place.verify(
      file, "--signers", place.signers, "--identity", "acme", "--subject", "acme")
    #expect(subject.status == 2 && subject.complaint.contains("zeta"))
    let age = try place.verify(file, "--signers", place.signers, "--identity", "acme", "--max-age", "2w")
    #expect(age.status == 2 && age.complaint.contains("too old"))
  }

  @Test func standardInputAndOutputServe() throws {
    let signed = try place.hostcap(
      "sign", "-", "--key", place.path("mine"), "--namespace", "file", input: Array("hello\n".utf8))
    #expect(signed.text.hasPrefix("-----BEGIN SSH SIGNATURE-----\n"), "\(signed.complaint)")
    let signature = try place.folder.write(signed.output, "hello.sig")
    func verify(_ text: String) throws -> Int32 {
      try place.hostcap(
        "verify", "-", "--signature", signature, "--signers", place.signers, "--identity", "acme",
        "--namespace", "file", input: Array(text.utf8)
      ).status
    }
    #expect(try verify("hello\n") == 0)
    #expect(try verify("hullo\n") == 2)
  }

  /// Without a terminal ssh-keygen would take the message's first line for a passphrase and sign the rest.
  @Test func aPassphraseIsNeverReadFromWhatIsSigned() throws {
    let key = place.path("locked")
    #expect(try keygen(["-q", "-t", "ed25519", "-N", "secret", "-f", key]).status == 0)
    let file = try place.folder.write("secret\nspec: x\n".utf8, "message")
    let command = ["setsid", "--wait", Program.hostcap.url.path, "sign", file, "--key", key]
    let result = try SigningPlace.run("/usr/bin/env", command + ["--namespace", "file"])
    #expect(result.status == 2)
    #expect(
      result.complaint
        == "hostcap: \(key): ssh-keygen has signed something else: give it a key that needs no passphrase\n")
    #expect(!FileManager.default.fileExists(atPath: "\(file).sig"))
  }

  @Test func keysThatAreNotTakenAreRefusedInOneLine() throws {
    #expect(try keygen(["-q", "-t", "ecdsa", "-N", "", "-f", place.path("ecdsa")]).status == 0)
    let open = try place.folder.write(try bytes(place.path("mine")), "open")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: open)
    let words = try place.folder.write("hello\n".utf8, "words")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: words)
    let cases = [
      (place.path("ecdsa"), "only Ed25519 is signed with"), (open, "(mode 0640): chmod 600 \(open)"),
      (words, "words: "), (place.path("none"), "No such file"), ("/dev/null", "no plain file"),
    ]
    for (key, reason) in cases {
      for dsse in [[], ["--dsse"]] {
        let output = place.path("out")
        let result = try Program.hostcap.run(["sign", place.report, "--key", key, "--output", output] + dsse)
        #expect(result.status == 2, "\(key)")
        #expect(result.complaint.contains(reason), "\(result.complaint)")
        #expect(result.complaint.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: output))
      }
    }
  }

  @Test func whatASignatureIsForHasToBeKnown() throws {
    let file = try place.folder.write("hello\n".utf8, "words")
    let result = try place.hostcap("sign", file, "--key", place.path("mine"))
    #expect(result.status == 2)
    #expect(result.complaint.contains("--namespace"))
    #expect(try place.hostcap("sign", file, "--key", place.path("mine"), "--namespace", "file").status == 0)
  }

  @Test(arguments: [
    ["sign", "a"], ["sign", "a", "--key", "k", "--provider", "acme"],
    ["sign", "a", "--key", "k", "--dsse", "--namespace", "report"],
    ["sign", "a", "--key", "k", "--dsse", "--layer", "moon"],
    ["sign", "a", "--key", "k", "--dsse", "--provider", "a/b"],
    ["sign", "a", "--key", "k", "--dsse", "--release", ""],
    ["sign", "a", "--key", "k", "--output", "k"], ["sign", "a", "--key", "k", "--output", "a"],
    ["verify", "a"], ["verify", "a", "--signers", "s"],
    ["verify", "a", "--signers", "s", "--identity", "i", "--key", "k"],
    ["verify", "a", "--signers", "s", "--identity", "i", "--report", "r"],
    ["verify", "-", "--signers", "s", "--identity", "i"], ["verify", "a", "--key", "k", "--identity", "i"],
    ["verify", "a", "--key", "k", "--max-age", "7"], ["verify", "a", "--key", "k", "--max-age", "0d"],
    ["verify", "a", "--key", "k", "--max-age", "99999999999999999999d"],
    ["verify", "a", "--key", "k", "--max-age", "36501d"], ["verify", "a", "--key", "k", "--at", "now"],
    ["verify", "-", "--key", "k", "--report", "-"],
  ])
  func wrongUsageIsSixtyFour(_ words: [String]) throws {
    #expect(try Program.hostcap.run(words).status == 64)
  }
}
