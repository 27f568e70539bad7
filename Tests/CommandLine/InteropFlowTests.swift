// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// From reports over signatures to promises that are kept, as it is typed.
@Suite(.enabled(if: SigningPlace.isThere(SigningPlace.keygen), "SKIPPED: no ssh-keygen here"))
struct InteropFlowTests {
  private let place: SigningPlace
  private static let hardware = "Example Rack 1, Milan"
  private static let at = "2026-11-26T12:00:00Z"

  init() throws { place = try SigningPlace() }

  private func report(of tape: String, _ name: String) throws -> String {
    let result = try Program.hostcap.run(["judge", tape, "--format", "json"])
    return try place.folder.write(result.output, name)
  }

  private func signed(
    _ report: String, _ layer: String, key: String = "mine", provider: String = "acme",
    hardware: String = InteropFlowTests.hardware
  ) throws -> String {
    let envelope = "\(report).\(layer).dsse"
    let result = try place.hostcap(
      "sign", report, "--dsse", "--key", place.path(key), "--provider", provider, "--layer", layer,
      "--release",
      "2026.2-rc1", "--class", hardware, "--output", envelope)
    try #require(result.status == 0, "\(result.complaint)")
    return envelope
  }

  private func promises(
    _ layer: String, closedBy report: String, hardware: String = InteropFlowTests.hardware
  ) throws -> String {
    let digest = try Self.sum(report)
    return try place.folder.write(
      Array(
        """
        commitments:
          - {provider: acme, layer: \(layer), release: "2026.2-rc1", class: "\(hardware)",
             capabilities: [amd.sev-snp], made: "2026-11-20", due: "2099-12-15", closed_by: ["\(digest)"]}

        """.utf8), "promises.yaml")
  }

  private static func sum(_ file: String) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [file]
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return String(text.prefix(64))
  }

  private func commitments(_ file: String, _ evidence: String..., key: String = "acme=mine.pub") throws
    -> Program.Result
  {
    let parts = key.split(separator: "=")
    let keys = ["--key", "\(parts[0])=\(place.path(String(parts[1])))"]
    return try Program.hostcap.run(
      ["fleet", "commitments", file, "--at", "2099-01-01"] + keys + evidence.flatMap { ["--evidence", $0] })
  }

  @Test func aWorkersSignedReportKeepsWhatWasPromisedForKubernetes() throws {
    let worker = try place.folder.write(Machines.bytes(Machines.worker), "worker.tape")
    let report = try report(of: worker, "worker.json")
    let file = try promises("kaas", closedBy: report)
    let open = try commitments(file)
    #expect(open.status == 1 && open.text.contains("open: acme, kaas, 2026.2-rc1, due 2099-12-15"))
    #expect(open.text.contains("nothing that acme signed is about it"))
    let ofHost = try commitments(file, signed(report, "host"))
    #expect(ofHost.status == 1 && ofHost.text.contains("is of layer host"))
    let kept = try commitments(file, signed(report, "kaas"))
    #expect(kept.status == 0, "\(kept.text)\(kept.complaint)")
    #expect(kept.text.contains("amd.sev-snp: tested, ready"))
  }

  @Test func nobodyKeepsAnothersPromise() throws {
    let report = try report(
      of: PlanTests.tapes.appending(path: "libvirt-snp-firmware.jsonl").path, "host.json")
    let hardware = "QEMU Standard PC (Q35 + ICH9, 2009), Milan"
    let file = try promises("host", closedBy: report, hardware: hardware)
    let own = try signed(report, "host", hardware: hardware)
    #expect(try commitments(file, own).status == 0)
    let foreign = try commitments(file, own, key: "acme=other.pub")
    #expect(foreign.status == 2 && foreign.complaint.contains("is not signed by"))
    let otherName = try commitments(file, own, key: "zeta=mine.pub")
    #expect(otherName.status == 2 && otherName.complaint.contains("says it is of acme"))
    let zeta = try commitments(
      file, signed(report, "host", key: "other", provider: "zeta", hardware: hardware), key: "zeta=other.pub")
    #expect(zeta.status == 1, "zeta's word is not acme's")
    let other = try place.hostcap(
      "sign", report, "--dsse", "--key", place.path("mine"), "--class", "Rack 9", "--output", "-")
    #expect(other.status == 2 && other.complaint.contains("is of the class"), "a machine's class is its own")
  }

  @Test func aProofPassesTheTestcaseOfItsProviderAlone() throws {
    let worker = try place.folder.write(Machines.bytes(Machines.worker), "worker.tape")
    let host = place.folder.file("fleet/acme/r1/n1.json")
    try FileManager.default.createDirectory(
      at: host.deletingLastPathComponent(), withIntermediateDirectories: true)
    let judged = try report(of: PlanTests.tapes.appending(path: "libvirt-snp-firmware.jsonl").path, "n1.json")
    try FileManager.default.copyItem(atPath: judged, toPath: host.path)
    let db = place.path("db")
    func ingest(_ path: String) throws {
      let result = try Program.hostcap.run(["fleet", "ingest", path, "--db", db, "--now", Self.at])
      try #require(result.status == 0, "\(result.complaint)")
    }
    func verdict() throws -> String? {
      try Program.hostcap.run([
        "compliance", "run", "--db", db, "--provider", "acme", "--at", Self.at, "hostcap-sev-snp-guest",
      ]).lines.first.map(String.init)
    }
    try ingest(place.path("fleet"))
    #expect(try verdict() == "hostcap-sev-snp-guest: ABORT")
    for provider in ["zeta", "acme"] {
      let proof = try Program.hostcap.run(
        ["prove", "--provider", provider, "--class", "QEMU Standard PC (Q35 + ICH9, 2009), Milan", worker])
      try #require(proof.status == 0, "\(proof.complaint)")
      try ingest(try place.folder.write(proof.output, "\(provider).ndjson"))
      #expect(try verdict() == "hostcap-sev-snp-guest: \(provider == "acme" ? "PASS" : "ABORT")")
    }
  }

  @Test func sinceWhenIsTheBeginningOfTheLastTimeWithoutABreak() throws {
    let tape = PlanTests.tapes.appending(path: "libvirt-snp-firmware.jsonl").path
    let ready = try Program.hostcap.run(["judge", tape, "--format", "json"]).text
    let blocked = try Program.hostcap.run([
      "judge", PlanTests.tapes.appending(path: "iommu-pt.jsonl").path, "--format", "json",
    ]).text
    func observed(_ text: String, _ time: String) throws -> [UInt8] {
      let old = try Regex("\"observedAt\": \"[^\"]*\"")
      return Array(text.replacing(old, with: "\"observedAt\": \"\(time)\"").utf8)
    }
    let days = [(ready, "2026-11-01"), (blocked, "2026-11-05"), (ready, "2026-11-20"), (ready, "2026-11-26")]
    for (text, day) in days {
      let file = place.folder.file("days/\(day)/acme/r1/n1.json")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(try observed(text, "\(day)T08:00:00Z")).write(to: file)
      let result = try Program.hostcap.run(
        ["fleet", "ingest", place.path("days/\(day)"), "--db", place.path("days.db"), "--now", Self.at])
      try #require(result.status == 0, "\(result.complaint)")
    }
    let site = try place.folder.write(
      Array(
        """
        release: {openstack: "2026.2"}
        confidential:
          - {capability: amd.sev-snp, flavors: [{cpus: 1, ram_gib: 1, public: true}]}

        """.utf8), "site.yaml")
    let result = try Program.hostcap.run([
      "render", "self-description", "--as", "Acme", "--db", place.path("days.db"), "--provider", "acme",
      "--site", site,
      "--at", Self.at,
    ])
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.text.contains("\"id\": \"amd.sev-snp\""), "\(result.text)")
    #expect(result.text.contains("\"since\": \"2026-11-20\""), "\(result.text)")
  }

  @Test func aReportWithoutATimeOrOfAnotherTimeDoesNotPass() throws {
    let report = try Program.hostcap.run(
      ["judge", PlanTests.tapes.appending(path: "libvirt-snp-firmware.jsonl").path, "--format", "json"])
    func run(_ time: String) throws -> Program.Result {
      let old = try Regex("\"observedAt\": \"[^\"]*\"")
      let file = try place.folder.write(
        Array(report.text.replacing(old, with: "\"observedAt\": \(time)").utf8), "n1.json")
      return try Program.hostcap.run([
        "compliance", "run", "--reports", file, "--at", Self.at, "hostcap-sev-snp-host",
      ])
    }
    #expect(try run("\"2026-11-26T10:00:00Z\"").text == "hostcap-sev-snp-host: PASS\n")
    for time in ["null", "\"someday\"", "\"2026-11-18T10:00:00Z\""] {
      #expect(try run(time).text == "hostcap-sev-snp-host: ABORT\n", "\(time)")
    }
    let later = try run("\"2026-11-27T10:00:00Z\"")
    #expect(later.status == 2 && later.output.isEmpty)
    let assumed = try Program.hostcap.run([
      "compliance", "run", "--reports", PlanTests.tapes.appending(path: "pci-snp.jsonl").path, "--at",
      Self.at,
      "hostcap-gpu-passthrough",
    ])
    #expect(assumed.text == "hostcap-gpu-passthrough: ABORT\n", "an emulated machine's devices are none")
  }

  @Test func reportsOfSeveralProvidersAreNotOnes() throws {
    for provider in ["acme", "zeta"] {
      let file = place.folder.file("two/\(provider)/r1/n1.json")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: place.report, toPath: file.path)
    }
    func run(_ more: String...) throws -> Program.Result {
      try Program.hostcap.run(
        ["compliance", "run", "--reports", place.path("two"), "--at", "2024-05-01T12:00:00Z"] + more)
    }
    #expect(try run().status == 64)
    #expect(try run("--provider", "acme").status == 0)
  }

  @Test(arguments: [
    "http://example.org", "http://127.0.0.1:80@example.org", "http://127.0.0.1:x",
    "https://a/\r\nurl = http://b", "https://",
    "http://localhost.example.org", "https://a/{b,c}", "ftp://127.0.0.1", "https://u@example.org",
  ]) func aTokenIsSentToNoSuchPlace(_ url: String) throws {
    let token = try place.folder.write(Array("secret\n".utf8), "token")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: token)
    let result = try Program.hostcap.run([
      "compliance", "submit", place.compliance, "--token-file", token, "--url", url,
    ])
    #expect(result.status == 64, "\(url)")
  }

  @Test func aFileCannotBringItsOwnSigners() throws {
    let own = try String(contentsOf: place.folder.file("other.pub"), encoding: .utf8)
    let forged = try place.folder.write(
      Array((SigningPlace.document("acme") + "note: |\n  acme \(own)\n").utf8), "forged.yaml")
    let signed = try SigningPlace.run(
      SigningPlace.keygen, ["-Y", "sign", "-f", place.path("other"), "-n", "report", forged])
    try #require(signed.status == 0)
    let signers = Array(try Data(contentsOf: URL(filePath: place.signers)))
    let result = try Program.hostcap.run(
      ["verify", forged, "--signers", "/dev/stdin", "--identity", "acme", "--at", SigningPlace.moment],
      input: signers)
    #expect(result.status == 2, "\(result.text)")
  }

  @Test func aSignatureDoesNotReplaceItsKeyOrWhatIsSigned() throws {
    for target in ["\(place.folder.url.path)/./mine", "\(place.folder.url.path)/./report.yaml"] {
      let before = try Data(contentsOf: URL(filePath: target))
      let result = try place.hostcap(
        "sign", place.compliance, "--key", place.path("mine"), "--output", target)
      #expect(result.status == 2)
      #expect(try Data(contentsOf: URL(filePath: target)) == before)
    }
  }

  @Test(arguments: [5, 12, 64]) func withFewOpenFilesNothingGoesToTheWrongPlace(_ files: Int) throws {
    let signature = place.path("few.sig")
    let command = "ulimit -n \(files); exec \"$@\""
    let result = try SigningPlace.run(
      "/bin/sh",
      [
        "-c", command, "sh", Program.hostcap.url.path, "sign", place.compliance, "--key", place.path("mine"),
        "--output",
        signature,
      ])
    #expect(result.output.isEmpty, "what ssh-keygen writes is not ours to print")
    #expect(FileManager.default.fileExists(atPath: signature) == (result.status == 0))
    if files == 64 { #expect(result.status == 0, "\(result.complaint)") }
  }
}
