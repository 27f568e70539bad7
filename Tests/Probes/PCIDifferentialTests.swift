// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import HostModel
import ProbeIOMMU
import ProbePCI
import ProbePassthrough
import ProbeSRIOV
import Testing

/// Synthetic hosts, judged against what their maker says and against what lspci decodes.
@Suite(.enabled(if: SharedMaterial.has("tools/gen_host.py"))) struct PCIDifferentialTests {
  struct Truth: Decodable {
    struct Function: Decodable {
      let address, vendor, device, `class`: String
      let numaNode: Int
      let iommuGroup: Int?
      let driver: String?
      let vf: Bool
    }
    struct Physical: Decodable {
      let address: String
      let totalVfs, numVfs: Int
      let vfs: [String]
    }
    struct GPU: Decodable {
      let address: String
      let passthroughReady: Bool
      let iommuGroup: Int
    }
    struct Counts: Decodable { let functions, vfs, gpus: Int }
    let functions: [Function]
    let pfs, gpus: [Physical]
    let counts: Counts
    let iommuGroups: Int
  }
  struct GPUs: Decodable { let gpus: [Truth.GPU] }

  static let shapes = [
    ["--pfs", "4", "--vfs", "12", "--gpus", "2", "--gpu-vfs", "3"],
    ["--pfs", "16", "--vfs", "30", "--gpus", "4", "--cpu", "icelake"],
    ["--pfs", "4", "--vfs", "8", "--enabled", "3", "--acs-off", "1", "--gpus", "3", "--vfio-percent", "100"],
    ["--pfs", "2", "--vfs", "120", "--ports", "2", "--nodes", "4", "--gpu-vfio-percent", "100"],
  ]

  private func tree(_ options: [String], _ body: (String, PCITreeHost) throws -> Void) throws {
    // Thousands of small files: in memory, where there is such a place.
    let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
    let folder = "\(base)/hostcap-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try SharedMaterial.run(
      ["python3", SharedMaterial.folder + "/tools/gen_host.py", folder] + options)
    try #require(made != nil)
    try body(folder, PCITreeHost(folder))
  }

  private func decode<Value: Decodable>(_ folder: String, as type: Value.Type) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: URL(filePath: folder + "/truth.json")))
  }

  @Test(arguments: shapes)
  func treeIsJudgedAsItsMakerAndLspciSay(_ options: [String]) throws {
    try tree(options) { folder, host in
      try functionsAreThoseOfTheTruth(folder, host)
      try physicalFunctionsAreThoseOfTheTruth(folder, host)
      try acceleratorsAreReadyWhereTheTruthSaysSo(folder, host)
      try lspciDecodesTheSame(folder, host)
    }
  }

  private func functionsAreThoseOfTheTruth(_ folder: String, _ host: PCITreeHost) throws {
    let truth = try decode(folder, as: Truth.self)
    let result = PCIProbe.examine(host)
    let expected = truth.functions.map { function in
      [
        function.address, function.vendor, function.device, function.class, "\(function.numaNode)",
        function.iommuGroup.map { "\($0)" } ?? "none", function.driver ?? "none", "\(function.vf)",
      ]
    }
    let found = result.functions.map { function in
      [
        "\(function.address)", digits(function.vendor ?? 0, width: 4),
        digits(function.device ?? 0, width: 4),
        digits(function.classCode ?? 0, width: 6), "\(function.numaNode ?? -1)",
        function.iommuGroup.map { "\($0)" } ?? "none", function.driver ?? "none",
        "\(function.physicalFunction != nil)",
      ]
    }
    // Four digits of domain each, so that text sorts as numbers do.
    #expect(found == expected.sorted { $0[0] < $1[0] })
    let facts = Dictionary(uniqueKeysWithValues: result.facts.map { ($0.id, $0.value) })
    #expect(facts["pci.functions"] == .count(UInt64(truth.counts.functions)))
    #expect(facts["pci.virtual-functions"] == .count(UInt64(truth.counts.vfs)))
    let groups = IOMMUProbe.examine(host).facts.first { $0.id == "iommu.groups" }
    #expect(groups?.value == .count(UInt64(truth.iommuGroups)))
  }

  private func physicalFunctionsAreThoseOfTheTruth(_ folder: String, _ host: PCITreeHost) throws {
    let truth = try decode(folder, as: Truth.self)
    let expected = (truth.pfs + truth.gpus).map { [$0.address, "\($0.totalVfs)", "\($0.numVfs)"] + $0.vfs }
    let found = SRIOVProbe.examine(host).physicalFunctions.map {
      ["\($0.address)", "\($0.totalVFs ?? -1)", "\($0.activeVFs ?? -1)"]
        + $0.virtualFunctions.map(\.description)
    }
    #expect(found.sorted { $0[0] < $1[0] } == expected.sorted { $0[0] < $1[0] })
  }

  private func acceleratorsAreReadyWhereTheTruthSaysSo(_ folder: String, _ host: PCITreeHost) throws {
    let truth = try decode(folder, as: GPUs.self)
    let units = PassthroughProbe.examine(host).units
    for gpu in truth.gpus {
      let unit = units.first { $0.members.first?.description == gpu.address }
      let used = unit?.standing.remarks.contains { $0.judgement.reason == .hostDriverBound } == true
      let active = try host.sriovNumber(#require(PCIAddress(gpu.address)), "sriov_numvfs").value ?? 0
      #expect(unit?.kind == "gpu")
      // The maker looks at the driver alone; VFIO refuses a physical function whose VFs are enabled.
      #expect((unit?.state == .ready && !used) == (gpu.passthroughReady && active == 0))
    }
  }

  private func lspciDecodesTheSame(_ folder: String, _ host: PCITreeHost) throws {
    let output = try SharedMaterial.run([
      "lspci", "-O", "sysfs.path=\(folder)/sys/bus/pci", "-vvv", "-D", "-nn",
    ])
    let decoded = LspciSRIOV.parse(try #require(output, "lspci is not installed"))
    let functions = SRIOVProbe.examine(host).physicalFunctions
    let found = functions.map { function in
      LspciSRIOV(
        address: "\(function.address)", total: function.totalVFs, number: function.activeVFs,
        offset: function.firstVFOffset, stride: function.vfStride,
        device: function.vfDevice.map { digits($0, width: 4) },
        initial: host.sriovCapability(function.address).value.map { Int($0.initialVFs) })
    }
    #expect(!decoded.isEmpty)
    #expect(found.sorted { $0.address < $1.address } == decoded.sorted { $0.address < $1.address })
  }

  @Test(arguments: [
    "numa-minus-one", "config-64", "config-empty", "dangling-physfn", "numvfs-over-total", "no-iommu-group",
    "garbage-numbers", "missing-class",
  ])
  func faultsCostOnlyWhatTheyDamage(_ fault: String) throws {
    try tree(["--pfs", "2", "--vfs", "4", "--gpus", "1", "--fault", "\(fault):40"]) { folder, host in
      let truth = try decode(folder, as: Truth.self)
      #expect(PCIProbe.examine(host).functions.count == truth.counts.functions)
      #expect(SRIOVProbe.examine(host).physicalFunctions.count == 3)
      #expect(!PassthroughProbe.examine(host).units.isEmpty)
    }
  }
}

/// The SR-IOV lines of `lspci -vvv -D -nn`.
struct LspciSRIOV: Equatable {
  var address: String
  var total, number, offset, stride: Int?
  var device: String?
  var initial: Int?

  static func parse(_ output: String) -> [LspciSRIOV] {
    var all: [LspciSRIOV] = []
    var current = ""
    for line in output.split(separator: "\n") {
      if let first = line.first, !first.isWhitespace { current = String(line.prefix { $0 != " " }) }
      if line.contains("Single Root I/O Virtualization") { all.append(LspciSRIOV(address: current)) }
      guard var last = all.popLast() else { continue }
      if last.address == current { last.take(line) }
      all.append(last)
    }
    return all
  }

  private mutating func take(_ line: Substring) {
    func value(_ label: String) -> String? {
      guard let range = line.firstRange(of: label) else { return nil }
      return String(line[range.upperBound...].drop { $0 == " " }.prefix { $0 != "," && $0 != " " })
    }
    initial = value("Initial VFs:").flatMap { Int($0) } ?? initial
    total = value("Total VFs:").flatMap { Int($0) } ?? total
    number = value("Number of VFs:").flatMap { Int($0) } ?? number
    offset = value("VF offset:").flatMap { Int($0) } ?? offset
    stride = value("stride:").flatMap { Int($0) } ?? stride
    if line.contains("VF offset:") { device = value("Device ID:") ?? device }
  }
}
