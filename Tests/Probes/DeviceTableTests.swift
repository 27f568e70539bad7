// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import HostModel
import Testing

@testable import Devices

/// The rules of `devices.json`.
@Suite struct DeviceTableTests {
  let table = DeviceTable.embedded

  private func isHex(_ text: some StringProtocol) -> Bool {
    text.count == 4 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  @Test func rowsAreUniqueSortedAndComplete() {
    #expect(table.rows.count > 100)
    let keys = table.rows.map { "\($0.vendor) \($0.device) \($0.subsystem ?? "")" }
    #expect(keys == keys.sorted())
    #expect(Set(keys).count == keys.count)
    for row in table.rows {
      let ids = [row.vendor, row.device] + (row.vfs ?? [])
      let subsystem = row.subsystem?.split(separator: ":") ?? []
      #expect(ids.allSatisfy(isHex) && subsystem.allSatisfy { isHex($0) }, "\(row.vendor):\(row.device)")
      #expect(!row.name.isEmpty && Accelerator.Kind(rawValue: row.kind) != nil, "\(row.name)")
      #expect(!row.sources.isEmpty && row.sources.allSatisfy { table.sources[$0] != nil }, "\(row.name)")
      #expect((row.units == nil) == (row.unit == nil), "\(row.name)")
      #expect(row.unit == nil || ["SM", "CU", "EU", "Xe-core"].contains(row.unit), "\(row.name)")
      #expect(row.memoryGiB ?? 1 > 0 && row.units ?? 1 > 0, "\(row.name)")
      #expect(UInt16(row.vendor, radix: 16).map(DeviceTable.vendors.contains) == true, "\(row.name)")
    }
    #expect(Set(table.rows.flatMap(\.sources)) == Set(table.sources.keys))
  }

  @Test func everyRowIsFoundByItsID() {
    for row in table.rows {
      var function = PCIFunction(PCIAddress(bus: 1, device: 0, function: 0))
      (function.vendor, function.device) = (UInt16(row.vendor, radix: 16), UInt16(row.device, radix: 16))
      let subsystem = row.subsystem?.split(separator: ":").map { UInt16($0, radix: 16) }
      (function.subsystemVendor, function.subsystemDevice) = (subsystem?.first ?? nil, subsystem?.last ?? nil)
      #expect(table.row(for: function)?.name == row.name)
    }
  }

  @Test func otherBytesMakeAnEmptyTable() {
    #expect(DeviceTable([]).rows.isEmpty)
    #expect(DeviceTable(Array("[]".utf8)).rows.isEmpty)
  }

  /// Source: SCS scs-0100-v3, GPU part; the generations are those that its parser takes.
  private var piece: Regex<(Substring, units: Substring?, memory: Substring?)> {
    /[Gg](?:N[fkmpvtalgbu]|A(?:0\.4|0\.5|1|1\.1|2|2\.1|3|3\.1|3\.5|4|4\.1|5\.1)|I(?:0\.9|0\.95|1|2|3|4))(?:-(?<units>[0-9]+)h{0,2}(?:-(?<memory>[0-9]+)h?)?)?/
  }

  @Test func namePiecesAreSCSAndDoNotOverstate() throws {
    for row in table.rows {
      guard let scs = row.scs else { continue }
      let match = try #require(scs.wholeMatch(of: piece), "\(row.name): \(scs)")
      #expect(scs.hasPrefix("G"), "\(scs) is no pass-through GPU")
      #expect(match.output.units.flatMap { Int($0) } == row.units, "\(row.name): \(scs)")
      #expect(match.output.memory.flatMap { Int($0) } == row.memoryGiB, "\(row.name): \(scs)")
    }
  }

  @Test func namePiecesTakenFromSCSAreInItsTable() throws {
    let path = "consumers/generated/scs-gpu-name-pieces.json"
    guard SharedMaterial.has(path) else { return }
    let data = try Data(contentsOf: URL(filePath: SharedMaterial.folder + "/" + path))
    let file = try JSONDecoder().decode([String: String].self, from: data)
    let pieces = Set(file.filter { !$0.key.hasPrefix("_") }.values)
    for text in pieces { #expect(text.wholeMatch(of: piece) != nil, "\(text)") }
    for row in table.rows where row.sources.contains("scs") {
      #expect(row.scs.map(pieces.contains) == true, "\(row.name)")
    }
  }
}
