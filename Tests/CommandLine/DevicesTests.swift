// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// `hostcap devices` on a tape that other tests judge as well.
@Suite struct DevicesTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  private static let tape = "\(repository)/Tests/Machines/Tapes/iommu-pt.jsonl"
  private static let shared =
    ProcessInfo.processInfo.environment["HOSTCAP_SHARED"] ?? "\(repository)/../shared"

  @Test func aTapeOfAProcessorHasNoDevices() throws {
    let result = try Program.hostcap.run(["devices", Self.tape])
    #expect(result.status == 0)
    #expect(result.text == "No device.\n")
    let json = try Program.hostcap.run(["devices", "--json", Self.tape])
    #expect(json.text == "[]\n")
  }

  @Test func whatIsNoInputIsRefusedInOneLine() throws {
    let result = try Program.hostcap.run(["devices", "/nonexistent"])
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.complaint.split(separator: "\n").count == 1)
  }

  /// A real kernel's tree: 2 of 23 functions are virtual-function parents; the filters and the forms agree.
  @Test func aCapturedHostIsListedInBothForms() throws {
    let tree = "\(Self.shared)/lab/captures/amd-host.tar.xz"
    guard FileManager.default.fileExists(atPath: tree) else {
      print("SKIPPED: no \(tree)")
      return
    }
    let arguments = ["devices", "--assume-bare-metal", tree]
    let text = try Program.hostcap.run(arguments)
    #expect(text.status == 0)
    #expect(text.lines.allSatisfy { $0.unicodeScalars.count <= 80 })
    let rows = text.lines.filter { PCIRow.isRow($0) }.map { String($0.prefix(12)) }
    let json = try Program.hostcap.run(arguments + ["--json"])
    let devices = try #require(
      JSONSerialization.jsonObject(with: Data(json.output)) as? [[String: Any]])
    #expect(devices.compactMap { ($0["members"] as? [String])?.first } == rows)
    let virtual = try Program.hostcap.run(arguments + ["--sriov"]).lines.filter { PCIRow.isRow($0) }
    let parents = devices.filter { !($0["physicalFunction"] is NSNull) }
    let children = devices.filter { ($0["kind"] as? String) == "vf" }
    #expect(!parents.isEmpty && virtual.count == parents.count + children.count)
  }

  private enum PCIRow {
    static func isRow(_ line: Substring) -> Bool { line.contains(/^[0-9a-f]{4,}:[0-9a-f]{2}:/) }
    static func isRow(_ line: String) -> Bool { isRow(line[...]) }
  }
}
