// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The board as it is typed.
@Suite struct FleetBoardTests {
  let folder: TemporaryFolder
  let reports: String
  let key: String

  init() throws {
    folder = try TemporaryFolder()
    reports = folder.file("reports").path
    for (place, tape) in [("acme/r1/zebra-17", "libvirt-snp-firmware"), ("zeta/r2/giraffe-4", "iommu-pt")] {
      let file = folder.file("reports/\(place).json")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let path = PlanTests.tapes.appending(path: "\(tape).jsonl").path
      try Data(try Program.hostcap.run(["judge", path, "--format", "json"]).output).write(to: file)
    }
    key = try folder.write((0..<32).map { UInt8($0) }, "key")
  }

  private func board(_ out: String, _ words: String...) throws -> Program.Result {
    try Program.hostcap.run(
      ["fleet", "board", reports, "--at", "2026-11-26T12:00:00Z", "--out", folder.file(out).path] + words)
  }

  private func files(_ out: String) throws -> [String: Data] {
    let root = folder.file(out)
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    var files: [String: Data] = [:]
    for name in names
    where (try? root.appending(path: name).resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile
      == true
    {
      files[name] = try Data(contentsOf: root.appending(path: name))
    }
    return files
  }

  @Test func theSameFactsGiveTheSameFilesAndReplaceTheOldOnes() throws {
    #expect(try board("site").status == 0)
    let first = try files("site")
    #expect(first["index.html"] != nil && first["host/zeta/r2/giraffe-4.html"] != nil)
    #expect(try board("site").status == 0, "its own folder is replaced")
    #expect(try files("site") == first)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(Set(left) == ["reports", "key", "site"], "nothing is left beside it")
    let page = String(decoding: first["host/zeta/r2/giraffe-4.html"] ?? Data(), as: UTF8.self)
    #expect(page.contains("remove iommu=pt on the kernel command line"))
  }

  @Test func othersSeeNoHost() throws {
    #expect(try board("open", "--public", "--key", key).status == 0)
    let files = try files("open")
    #expect(files["capability/amd.sev-snp.html"] != nil)
    for (name, bytes) in files {
      let text = String(decoding: bytes, as: UTF8.self)
      for secret in ["zebra-17", "giraffe-4", "6.12.95"] { #expect(!text.contains(secret), "\(name)") }
    }
    #expect(!files.keys.contains { $0.hasPrefix("host") })
  }

  @Test func aPreviewWritesNothing() throws {
    let result = try Program.hostcap.run([
      "fleet", "board", reports, "--at", "2026-11-26T12:00:00Z", "--public", "--key", key, "--preview",
    ])
    #expect(result.status == 0)
    #expect(result.text.contains("summary: 11 rows."))
    #expect(!result.text.contains("zebra-17"))
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder.url.path)) == ["reports", "key"])
  }

  @Test func somebodyElsesFolderIsLeftAlone() throws {
    let other = folder.file("other")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: other.appending(path: "thesis.txt"))
    let result = try board("other")
    #expect(result.status == 2)
    #expect(result.complaint.contains("holds files that are not of such a set"))
    #expect(try files("other") == ["thesis.txt": Data("mine".utf8)])
    // A board into which somebody put a file of theirs is not thrown away either.
    #expect(try board("site").status == 0)
    try Data("mine".utf8).write(to: folder.file("site/thesis.txt"))
    #expect(try board("site").status == 2)
    #expect(try files("site")["thesis.txt"] == Data("mine".utf8))
  }

  /// The second look: a provider that is called like a host would show that host's name.
  @Test func aNameThatWouldGetOutStopsEverything() throws {
    let file = folder.file("reports/acme/r1/usable.json")
    try FileManager.default.copyItem(at: folder.file("reports/acme/r1/zebra-17.json"), to: file)
    let result = try board("open", "--public", "--key", key)
    #expect(result.status == 2)
    #expect(result.complaint.contains("not written: "))
    #expect(result.complaint.contains("would show the name of a host"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("open").path))
    #expect(!FileManager.default.fileExists(atPath: folder.file("open.next").path))
  }

  @Test func aFolderBesideItAndALinkToItAreLeftAlone() throws {
    let beside = folder.file("site.next")
    try FileManager.default.createDirectory(at: beside, withIntermediateDirectories: true)
    try Data("precious".utf8).write(to: beside.appending(path: "thesis.txt"))
    try FileManager.default.createDirectory(at: folder.file("real"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: folder.file("site"), withDestinationURL: folder.file("real"))
    for _ in 0..<2 { #expect(try board("site").status == 0) }
    #expect(try Data(contentsOf: beside.appending(path: "thesis.txt")) == Data("precious".utf8))
    #expect(try files("real")["index.html"] != nil, "the link stays one")
    try FileManager.default.createDirectory(at: folder.file("links"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: folder.file("links/x"), withDestinationURL: folder.file("real"))
    #expect(try board("links").status == 2, "a link is somebody's")
    #expect(FileManager.default.fileExists(atPath: folder.file("links/x").path))
  }

  /// A name of a host that the filters leave out is as secret as any.
  @Test func filtersDoNotOpenNames() throws {
    let other = folder.file("reports/acme/r1/kernel.json")
    try FileManager.default.copyItem(at: folder.file("reports/acme/r1/zebra-17.json"), to: other)
    for filter in [["--provider", "zeta"], ["--state", "blocked"], ["--layer", "kernel"]] {
      let result = try Program.hostcap.run(
        [
          "fleet", "board", reports, "--at", "2026-11-26T12:00:00Z", "--out", folder.file("x").path,
          "--public", "--key", key,
        ]
          + filter)
      #expect(result.status == 2, "\(filter)")
    }
  }

  @Test func wrongUsageIsSaid() throws {
    #expect(try board("x", "--public").status == 64)
    #expect(try board("x", "--key", key).status == 64)
    #expect(try board("x", "--public", "--key", key, "--counts", "many").status == 64)
    let short = try folder.write([1, 2, 3], "short")
    #expect(
      try board("x", "--public", "--key", short).complaint.hasSuffix("short: is shorter than 32 bytes\n"))
    let providers = try folder.write("providers:\n  - {name: acme, section: gold}\n".utf8, "providers.yaml")
    let result = try board("x", "--providers", providers)
    #expect(result.status == 2)
    #expect(result.complaint.contains("line 2: section is one of certified, listed, experimental"))
  }
}
