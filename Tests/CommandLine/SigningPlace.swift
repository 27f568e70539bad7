// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A folder with keys by ssh-keygen itself, a host's report and a compliance report.
struct SigningPlace {
  let folder: TemporaryFolder
  /// Of acme, checked two hours before `moment`.
  let compliance: String
  /// `acme/r1/n1.json` below `reports`, observed long before any machine's clock that this may run on.
  let report: String
  let signers: String

  static let keygen = "/usr/bin/ssh-keygen"
  static let openssl = "/usr/bin/openssl"
  static let observedAt = "2024-05-01T10:00:00Z"
  static let moment = "2026-11-26T12:00:00Z"

  static func isThere(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: program) }

  init() throws {
    folder = try TemporaryFolder()
    for key in ["mine", "other"] {
      let made = try Self.run(
        Self.keygen, ["-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", folder.file(key).path])
      try #require(made.status == 0, "\(made.complaint)")
    }
    compliance = try folder.write(Self.document("acme").utf8, "report.yaml")
    let tape = PlanTests.tapes.appending(path: "snp.jsonl").path
    let made = try Program.hostcap.run(["judge", tape, "--format", "json"])
    let place = folder.file("reports/acme/r1")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    report = place.appending(path: "n1.json").path
    let old = made.text.replacingOccurrences(of: "2026-11-26T09:45:50Z", with: Self.observedAt)
    try #require(old != made.text)
    try Data(old.utf8).write(to: URL(filePath: report))
    let key = try String(contentsOf: folder.file("mine.pub"), encoding: .utf8)
    signers = try folder.write("acme,acme/r1/* \(key)".utf8, "signers")
  }

  static func document(_ subject: String, _ time: String = "2026-11-26 10:00:00+00:00") -> String {
    """
    ---
    spec: {uuid: 7c0b5f52, name: readiness, url: "https://example.org/spec.yaml"}
    checked_at: \(time)
    reference_date: 2026-11-26
    subject: \(subject)
    run: {uuid: x, argv: [], assignment: {}, sections: null, invocations: {}}

    """
  }

  func path(_ name: String) -> String { folder.file(name).path }

  func hostcap(_ words: String..., input: [UInt8] = []) throws -> Program.Result {
    try Program.hostcap.run(words, input: input)
  }

  func verify(_ words: String...) throws -> Program.Result {
    try Program.hostcap.run(["verify"] + words + ["--at", Self.moment])
  }

  /// Somebody else's program.
  static func run(_ program: String, _ words: [String], input: [UInt8] = []) throws -> Program.Result {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = words
    let given = try folder.write(input, "in")
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: given))
    let (out, err) = (folder.file("out"), folder.file("err"))
    for file in [out, err] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    process.waitUntilExit()
    return Program.Result(
      status: process.terminationStatus, output: Array(try Data(contentsOf: out)),
      complaint: String(decoding: try Data(contentsOf: err), as: UTF8.self))
  }
}
