// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The corpus, if it lies beside the project.
enum SharedTree {
  static let archive =
    (ProcessInfo.processInfo.environment["HOSTCAP_SHARED"]
      ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared").path)
    + "/corpus/raw/hwloc/linux/fakepcilocalities.tar.bz2"
  static let isThere = FileManager.default.fileExists(atPath: archive)
}

/// A real machine's tree, whose hardware addresses and serial numbers are known, under a name that is: nothing of that is
/// in anything that others get to see.
@Suite(.enabled(if: SharedTree.isThere, "SKIPPED: no corpus beside the project")) struct PrivacyTests {
  private static let name = "zebra-serial-17"
  /// Written into files that the tree has, empty.
  private static let serial = "SN-5CZEBRA0815"
  private static let at = "2026-11-26T12:00:00Z"

  private let folder: TemporaryFolder
  /// The tree, and its report as an inventory has it.
  private let tree, report: String
  private let secrets: [String]

  init() throws {
    folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/tar")
    process.arguments = ["-xjf", SharedTree.archive, "-C", folder.url.path]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let root = folder.file(Self.name)
    try FileManager.default.moveItem(at: folder.file("fakepcilocalities"), to: root)
    var secrets: Set<String> = [Self.name, Self.serial, "zebra"]
    for path in FileManager.default.enumerator(atPath: root.path)?.compactMap({ $0 as? String }) ?? [] {
      let file = root.appending(path: path)
      if path.hasSuffix("_serial") || path.hasSuffix("product_uuid") {
        try? Data("\(Self.serial)\n".utf8).write(to: file)
      }
      guard path.hasSuffix("/address") && path.contains("/net") || path.hasSuffix("/serial"),
        let data = try? Data(contentsOf: file)
      else { continue }
      let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      if text.contains(where: { $0 != "0" && $0 != ":" }) { secrets.insert(text) }
    }
    tree = root.path
    // Seven hardware addresses and a serial number are the tree's own.
    try #require(secrets.count >= 6, "\(secrets)")
    let place = folder.file("reports/acme/north/\(Self.name).json")
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    let judged = try Program.hostcap.run(["judge", tree, "--format", "json"])
    try #require(judged.status == 0, "\(judged.complaint)")
    // A dump says nothing of when it was taken, and what has no time counts nowhere.
    let text = judged.text.replacing("\"observedAt\": null", with: "\"observedAt\": \"2026-11-26T09:00:00Z\"")
    try Data(text.utf8).write(to: place)
    (report, self.secrets) = (place.path, secrets.sorted())
  }

  private func expectNothing(of secrets: [String], in bytes: [UInt8], _ what: String) {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    #expect(!text.isEmpty, "\(what)")
    for secret in secrets {
      #expect(!text.contains(secret.lowercased()), "\(what): \(secret)")
      let digits = secret.filter { $0 != ":" }.lowercased()
      if digits != secret { #expect(!text.contains(digits), "\(what): \(digits)") }
    }
  }

  /// What a PCI function's address looks like.
  private func expectNoAddress(in bytes: [UInt8], _ what: String) throws {
    let address = try Regex("[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]")
    #expect(String(decoding: bytes, as: UTF8.self).firstMatch(of: address) == nil, "\(what)")
  }

  @Test(arguments: ["text", "json", "ansible", "prometheus", "nfd", "ironic", "junit", "subunit", "sonobuoy"])
  func noFormOfTheReportTellsThem(_ form: String) throws {
    let result = try Program.hostcap.run(["judge", tree, "--format", form])
    #expect(result.status == 0, "\(result.complaint)")
    // The heading of a page is the file's name, which only who judges sees.
    expectNothing(of: secrets, in: result.output, form)
    if ["junit", "subunit", "sonobuoy", "nfd"].contains(form) {
      try expectNoAddress(in: result.output, form)
    }
  }

  @Test func noTestcaseOfAComplianceReportTellsThem() throws {
    let common = ["--reports", "\(folder.url.path)/reports", "--release", "2026.2", "--at", Self.at]
    let run = try Program.hostcap.run(["compliance", "run"] + common)
    #expect(run.lines.count > 10)
    for form in ["yaml", "json"] {
      let report = try Program.hostcap.run(
        ["compliance", "report", "--subject", "cloud", "--format", form] + common)
      let bytes = run.output + Array(run.complaint.utf8) + report.output
      expectNothing(of: secrets + ["acme", "north", folder.url.path], in: bytes, form)
      try expectNoAddress(in: bytes, form)
    }
  }

  @Test(.enabled(if: SigningPlace.isThere(SigningPlace.keygen), "SKIPPED: no ssh-keygen here"))
  func noStatementTellsThem() throws {
    let key = folder.file("key").path
    let keygen = Process()
    keygen.executableURL = URL(filePath: SigningPlace.keygen)
    keygen.arguments = ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]
    try keygen.run()
    keygen.waitUntilExit()
    let signed = try Program.hostcap.run(["sign", report, "--dsse", "--key", key, "--output", "-"])
    #expect(signed.status == 0, "\(signed.complaint)")
    let object = try JSONSerialization.jsonObject(with: Data(signed.output)) as? [String: Any]
    let payload = try #require((object?["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    expectNothing(of: secrets, in: signed.output + Array(payload), "DSSE")
    try expectNoAddress(in: Array(payload), "DSSE")
  }

  @Test func neitherUsersNorReadersOfReleaseNotesAreToldThem() throws {
    let site = try folder.write(
      Array("release: {openstack: \"2026.2\"}\ndevices:\n  - {alias: any, match: {kind: gpu}}\n".utf8),
      "site.yaml")
    let reports = "\(folder.url.path)/reports"
    let users = try Program.hostcap.run([
      "render", "self-description", "--as", "cloud", "--reports", reports, "--site", site, "--at", Self.at,
    ])
    let empty = folder.file("before/acme/north/other.json")
    try FileManager.default.createDirectory(
      at: empty.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(filePath: report), to: empty)
    let note = try Program.hostcap.run([
      "fleet", "compare", "--before", folder.file("before").path, "--after", reports, "--format", "reno",
    ])
    for (what, result) in [("self-description", users), ("release note", note)] {
      expectNothing(of: secrets, in: result.output, what)
      try expectNoAddress(in: result.output, what)
    }
  }

  @Test func thePublicBoardTellsNobody() throws {
    let key = try folder.write((0..<32).map { UInt8($0) }, "pseudonyms")
    let out = folder.file("board")
    let board = try Program.hostcap.run([
      "fleet", "board", "\(folder.url.path)/reports", "--at", Self.at, "--public", "--key", key, "--out",
      out.path,
    ])
    #expect(board.status == 0, "\(board.complaint)")
    var pages = 0
    for path in FileManager.default.enumerator(atPath: out.path)?.compactMap({ $0 as? String }) ?? [] {
      guard let data = try? Data(contentsOf: out.appending(path: path)), !data.isEmpty else { continue }
      expectNothing(of: secrets, in: Array(data), path)
      pages += 1
    }
    #expect(pages > 10)
  }
}
