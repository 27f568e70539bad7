// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A store and its questions, as they are typed.
@Suite struct FleetStoreTests {
  let folder: TemporaryFolder
  let db: String
  let reports: String

  /// Two hosts of two providers, from tapes of the lab.
  init() throws {
    folder = try TemporaryFolder()
    (db, reports) = (folder.file("db").path, folder.file("reports").path)
    for (place, tape) in [("acme/r1/n1", "libvirt-snp-firmware"), ("zeta/r2/n2", "iommu-pt")] {
      let file = folder.file("reports/\(place).json")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let path = PlanTests.tapes.appending(path: "\(tape).jsonl").path
      try Data(try Program.hostcap.run(["judge", path, "--format", "json"]).output).write(to: file)
    }
  }

  private func run(_ words: String...) throws -> Program.Result { try Program.hostcap.run(["fleet"] + words) }

  private static let at = "2026-11-26T12:00:00Z"

  @Test func straightAndStoredAnswerTheSame() throws {
    let taken = try run("ingest", reports, "--db", db)
    #expect(taken.text == "2 reports taken, 0 there already, 0 refused\n")
    #expect(taken.status == 0)
    #expect(try run("ingest", reports, "--db", db).text == "0 reports taken, 2 there already, 0 refused\n")
    for question in ["summary", "hosts", "devices", "classes", "problems", "drift", "gate"] {
      let stored = try run(question, "--db", db, "--at", Self.at, "--format", "csv")
      let straight = try run(question, reports, "--at", Self.at, "--format", "csv")
      #expect(stored.output == straight.output, "\(question)")
      // These two have nothing to hand out.
      let isThere = question == "devices" || stored.records.count > 1
      #expect(stored.status == 0 && isThere, "\(question): \(stored.complaint)")
    }
    #expect(try run("doctor", "--db", db).text == "✔ everything is in order\n")
  }

  @Test func filtersNarrow() throws {
    let all = try run("summary", reports, "--at", Self.at, "--format", "csv").text
    #expect(all.contains("\r\namd.sev-snp,2,0,1,1,1,0,0,0\r\n"))
    let one = try run("summary", reports, "--at", Self.at, "--provider", "zeta", "--format", "csv").text
    #expect(one.contains("\r\namd.sev-snp,1,0,0,0,1,0,0,0\r\n"))
    let stuck = try run(
      "problems", reports, "--at", Self.at, "--capability", "amd.sev-snp", "--layer", "kernel", "--state",
      "blocked")
    #expect(
      stuck.text == """
        amd.sev-snp blocked on 1 host
          kernel, kernel.iommu_passthrough
          → remove iommu=pt on the kernel command line

        """)
    let old = try run(
      "gate", reports, "--at", Self.at, "--release", "2025.2", "--capability", "amd.sev-snp", "--format",
      "csv")
    #expect(old.records.last == "amd.sev-snp,2,1,0,1,0,2026.2")
  }

  @Test func aProofMakesItProven() throws {
    #expect(try run("ingest", reports, "--db", db).status == 0)
    let classes = try run(
      "query", "provider_classes", "--db", db, "--at", Self.at, "--provider", "acme", "--format", "json")
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(classes.output)) as? [String: Any])
    let name = try #require((answer["rows"] as? [[String: Any]])?.first?["class"] as? String)
    let proof =
      #"{"proofVersion":"1.0.0","provider":"acme","class":"\#(name)","capability":"amd.sev-snp","provenAt":"2026-11-20T00:00:00Z","means":"attested guest"}"#
    let file = try folder.write(proof.utf8, "proof.json")
    #expect(try run("ingest", file, "--db", db).status == 0)
    let summary = try run(
      "summary", "--db", db, "--at", Self.at, "--capability", "amd.sev-snp", "--format", "csv")
    #expect(summary.records.last == "amd.sev-snp,2,1,1,1,1,0,0,0")
    let demand = try folder.write(
      "release: {openstack: \"2026.2\"}\ndemands:\n  - {name: a, capability: amd.sev-snp, hosts: 2}\n".utf8,
      "demand.yaml")
    let needs = try run("needs", demand, "--db", db, "--at", Self.at)
    #expect(
      needs.text.contains(
        "| a      | hosts with amd.sev-snp | 2      | 1      | 0      | 1           | 0       |"),
      "\(needs.text)")
    // Ninety days later nobody vouches for it any more.
    let later = try run(
      "summary", "--db", db, "--at", "2027-03-01", "--capability", "amd.sev-snp", "--format", "csv")
    #expect(later.records.last == "amd.sev-snp,2,0,0,0,0,0,2,0")
  }

  @Test func whatIsRefusedIsToldAndKept() throws {
    let lines = "{\"machine\":\"a/b/c\",\"report\":{\"schemaVersion\":\"2.0\"}}\n\nnot json\n{}\n"
    let file = try folder.write(lines.utf8, "broken.ndjson")
    let result = try run("ingest", file, reports, "--db", db)
    #expect(result.status == 2)
    #expect(result.text == "2 reports taken, 0 there already, 3 refused\n")
    #expect(
      result.complaint == """
        hostcap: \(file): line 1: schemaVersion 2.0; this hostcap reads 1.x
        hostcap: \(file): line 3: is not JSON, byte 0
        hostcap: \(file): line 4: is no report: the object has no schemaVersion

        """)
    let rejected = try run("query", "rejections", "--db", db, "--format", "csv")
    #expect(rejected.text == "reason,inputs\r\nnot-a-report,1\r\nnot-json,1\r\nschema-version,1\r\n")
    #expect(try run("summary", file, reports).status == 2, "an answer from a part of the fleet says so")
  }

  @Test func wrongUsageIsToldApartFromBadInput() throws {
    #expect(try run("summary").status == 64)
    #expect(try run("summary", reports, "--db", db).status == 64)
    #expect(try run("summary", reports, "--at", "yesterday").status == 64)
    #expect(try run("summary", reports, "--provider", "a'b").status == 64)
    #expect(try run("drift", reports, "--at", "2026-11-21", "--since", "2026-11-25").status == 64)
    #expect(try run("query", "nothing", reports).status == 64)
    #expect(try run("summary", "--db", db).status == 2)
    #expect(try run("summary", "\(reports)/none").status == 2)
    let sql = try folder.write("DELETE FROM report".utf8, "own.sql")
    #expect(try run("sql", sql, reports).status == 2)
  }
}

extension Program.Result {
  /// The lines of a CSV file.
  fileprivate var records: [Substring] { text.split(separator: "\r\n") }
}
