// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct PlanTests {
  let folder: TemporaryFolder
  let site: String
  var out: String { folder.file("plan").path }

  static let tapes = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Machines/Tapes")

  init() throws {
    folder = try TemporaryFolder()
    site = try folder.write(
      #"""
      release: {openstack: "2026.2"}
      devices: [{alias: vf-h100, match: {id: "10de:2331", device_type: type-VF}, flavors: [{cpus: 1, ram_gib: 1}]}]
      """#.utf8, "site.yaml")
    try FileManager.default.createDirectory(at: folder.file("reports"), withIntermediateDirectories: true)
    for (name, tape) in [("gpu-1", "pci-snp"), ("snp-2", "iommu-pt")] {
      let report = try Program.hostcap.run(
        [
          "judge", Self.tapes.appending(path: "\(tape).jsonl").path, "--format", "json", "--output",
          folder.file("reports/\(name).json").path,
        ])
      #expect(report.status == 0)
    }
  }

  private func plan(_ reports: [String], _ arguments: [String] = []) throws -> Program.Result {
    try Program.hostcap.run(["plan"] + reports + ["--site", site, "--out", out] + arguments)
  }

  private func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: out).filter { $0.contains(".") }.sorted()
  }

  @Test func aFolderOfReportsIsPlanned() throws {
    let result = try plan([folder.file("reports").path])
    #expect(result.complaint == "")
    #expect(result.status == 0)
    #expect(
      result.lines.first
        == "OpenStack 2026.2: 1 of 2 hosts offer something, 4 devices, 1 flavors; 0 left out")
    let conf = folder.file("plan/environments/kolla/files/overlays/nova/gpu-1/nova.conf")
    #expect(try String(decoding: Data(contentsOf: conf), as: UTF8.self).contains("0000:06:00.4"))
  }

  @Test func aTapeIsJudgedFirst() throws {
    let fromReports = try plan([folder.file("reports").path]).output
    let tapes = [("gpu-1", "pci-snp"), ("snp-2", "iommu-pt")]
    for (name, tape) in tapes {
      try FileManager.default.copyItem(
        at: Self.tapes.appending(path: "\(tape).jsonl"), to: folder.file("\(name).jsonl"))
    }
    let again = try plan(tapes.map { folder.file("\($0.0).jsonl").path })
    #expect(again.output == fromReports)
  }

  @Test func severalMachinesOfOneFileAreHostsEach() throws {
    let tapes = ["pci-snp", "iommu-pt"].map { Self.tapes.appending(path: "\($0).jsonl").path }
    let all = folder.file("all.json").path
    #expect(try Program.hostcap.run(["judge"] + tapes + ["--format", "json", "--output", all]).status == 0)
    let result = try plan([all])
    #expect(result.complaint == "")
    #expect(
      result.lines.first
        == "OpenStack 2026.2: 1 of 2 hosts offer something, 4 devices, 1 flavors; 0 left out")
    #expect(try files().contains("inventory/host_vars/pci-snp.yml"))
  }

  @Test func whatTheLastPlanWroteAndThisOneDoesNotIsRemoved() throws {
    _ = try plan([folder.file("reports").path])
    #expect(try files().contains("inventory/host_vars/snp-2.yml"))
    let result = try plan([folder.file("reports/gpu-1.json").path])
    #expect(result.status == 0)
    #expect(try !files().contains { $0.contains("snp-2") })
  }

  @Test func aFolderWithOtherThingsIsLeftAlone() throws {
    try FileManager.default.createDirectory(at: folder.file("plan"), withIntermediateDirectories: true)
    _ = try folder.write("mine".utf8, "plan/mine.txt")
    let result = try plan([folder.file("reports").path])
    #expect(result.status == 2)
    #expect(
      result.complaint == "hostcap: \(out): is not empty and holds nothing of ours: name a new folder\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["mine.txt"])
  }

  /// A list that somebody else keeps under the same name, a file of the operator's, a link that leads elsewhere.
  @Test func whatIsNotOursIsNeitherRemovedNorOverwritten() throws {
    let reports = folder.file("reports").path
    try FileManager.default.createDirectory(at: folder.file("plan"), withIntermediateDirectories: true)
    _ = try folder.write("README\n".utf8, "plan/FILES")
    _ = try folder.write("theirs".utf8, "plan/README")
    #expect(try plan([reports]).status == 2)
    #expect(try Data(contentsOf: folder.file("plan/README")) == Data("theirs".utf8))
    try FileManager.default.removeItem(at: folder.file("plan"))

    #expect(try plan([folder.file("reports/gpu-1.json").path]).status == 0)
    let own = folder.file("plan/inventory/host_vars/snp-2.yml")
    try Data("own: true\n".utf8).write(to: own)
    let refused = try plan([reports])
    #expect(refused.status == 2)
    #expect(refused.complaint.contains("snp-2.yml: is there and was not written by hostcap"))
    #expect(try Data(contentsOf: own) == Data("own: true\n".utf8))
    try FileManager.default.removeItem(at: own)

    try FileManager.default.createDirectory(at: folder.file("elsewhere"), withIntermediateDirectories: true)
    try FileManager.default.removeItem(at: folder.file("plan/flavors"))
    try FileManager.default.createSymbolicLink(
      at: folder.file("plan/flavors"), withDestinationURL: folder.file("elsewhere"))
    #expect(try plan([reports]).status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("elsewhere").path).isEmpty)
  }

  @Test func anEmptyNameIsNoFolder() throws {
    let result = try Program.hostcap.run(["plan", folder.file("reports").path, "--site", site, "--out", ""])
    #expect(result.status == 2)
    #expect(result.complaint == "hostcap: --out: names no folder\n")
  }

  /// `0000:*:*.*` would be every card, and a line break more than a value.
  @Test(arguments: [
    ("\"0000:06:00.4\"", "\"0000:*:*.*\""), ("\"vendor\": \"10de\"", "\"vendor\": \"10de\\nx\""),
    ("\"numaNode\": null", "\"numaNode\": -1"),
  ])
  func aReportWithWhatIsNoAddressOrIDIsRefused(_ value: String, _ other: String) throws {
    let text = try String(decoding: Data(contentsOf: folder.file("reports/gpu-1.json")), as: UTF8.self)
    let path = try folder.write(text.replacing(value, with: other).utf8, "gpu-1.json")
    let result = try plan([path])
    #expect(result.status == 2)
    #expect(result.complaint.hasPrefix("hostcap: \(path): is no report: "))
  }

  @Test func twoReportsOfOneHostAreRefused() throws {
    let report = folder.file("reports/gpu-1.json").path
    let result = try plan([report, report])
    #expect(result.status == 2)
    #expect(result.complaint.hasPrefix("hostcap: gpu-1: two reports are of this host"))
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test(arguments: [
    (#"{"schemaVersion": "2.0.0"}"#, "schemaVersion 2.0.0; this hostcap reads 1.x"),
    (#"{"schemaVersion": "1.0.0"}"#, "is no report: the object has no source"),
  ])
  func whatIsNoReportIsRefused(_ text: String, _ because: String) throws {
    let path = try folder.write(text.utf8, "x.json")
    let result = try plan([path])
    #expect(result.status == 2)
    #expect(result.complaint == "hostcap: \(path): \(because)\n")
  }

  @Test func aSiteThatIsWrongIsRefusedWithItsLine() throws {
    let bad = try folder.write("release: {openstack: \"2026.2\"}\ndevice: []\n".utf8, "bad.yaml")
    let result = try Program.hostcap.run(
      ["plan", folder.file("reports").path, "--site", bad, "--out", out])
    #expect(result.status == 2)
    #expect(result.complaint.hasPrefix("hostcap: \(bad): line 2: the site has no key device; it has release"))
  }

  @Test func initPrintsASiteThatPlans() throws {
    let template = try Program.hostcap.run(["plan", "--init", folder.file("reports").path])
    #expect(template.status == 0)
    #expect(template.text.contains("alias: vf-nvidia-h100-pcie-80gb"))
    let path = try folder.write(template.output, "init.yaml")
    let result = try Program.hostcap.run(
      ["plan", folder.file("reports").path, "--site", path, "--out", out])
    #expect(result.complaint == "")
    #expect(result.status == 0)
  }

  @Test func theCommandSaysWhatIsMissing() throws {
    for arguments in [[], ["x"], ["x", "--site", "y"], ["--init", "--out", "z"]] {
      #expect(try Program.hostcap.run(["plan"] + arguments).status == 64)
    }
  }
}
