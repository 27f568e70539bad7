// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import HostModel
import Importers
import Inputs
import Testing

/// Other people's dumps, decoded by us and by lspci; where a file holds what a newer lspci printed, by that as well.
@Suite struct PCICapabilityDifferentialTests {
  /// The fields on which we and the text do not agree, and how many were compared.
  private func compare(_ text: String, _ host: any HostSource) -> (compared: Int, wrong: [String]) {
    var (compared, wrong) = (0, [String]())
    for (name, theirs) in LspciCapabilities.parse(text).sorted(by: { $0.key < $1.key }) {
      // Some texts go no further than the heading.
      guard !theirs.fields.isEmpty, let address = PCIAddress(name),
        let space = host.configSpace(address).value,
        let capabilities = FunctionCapabilities(space)
      else { continue }
      let ours = LspciCapabilities(space, capabilities)
      for (field, values) in theirs.fields.sorted(by: { $0.key < $1.key }) {
        // What the dump ends before cannot be compared; a text may have come from a longer one.
        if ours.fields[field] == nil, space.extendedCapabilities.unknown != nil { continue }
        compared += 1
        if (ours.fields[field] ?? []).sorted() != values.sorted() {
          wrong.append("\(name) \(field): \(values), ours \(ours.fields[field] ?? [])")
        }
      }
      // And nothing that lspci does not have.
      let more = Set(ours.fields["present"] ?? []).subtracting(theirs.fields["present"] ?? [])
      if !more.isEmpty { wrong.append("\(name): only ours \(more.sorted())") }
    }
    return (compared, wrong)
  }

  @Test(.enabled(if: SharedMaterial.has("corpus/raw/pciutils/tests")))
  func pciutilsOwnDumpsAreDecodedAsLspciDoes() throws {
    let folder = SharedMaterial.folder + "/corpus/raw/pciutils/tests"
    var compared = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      let path = "\(folder)/\(name)"
      let host = try #require(imports(at: path).machines.first, "\(name)").source
      let printed = try SharedMaterial.run(["lspci", "-vvv", "-D", "-F", path])
      let output = try #require(printed, "lspci is not installed")
      let pasted = try String(contentsOfFile: path, encoding: .isoLatin1)
      for text in [output, pasted] {
        let result = compare(text, host)
        compared += result.compared
        #expect(result.wrong == [], "\(name)")
      }
    }
    print("\(compared) fields of pciutils' dumps compared with lspci")
    #expect(compared > 400)
  }

  @Test(
    .enabled(if: SharedMaterial.has("lab/captures/amd-host.tar.xz")),
    arguments: ["amd-host", "intel-host", "snp-host"])
  func capturedHostsAreDecodedAsTheirLspciDid(_ name: String) throws {
    let path = "\(SharedMaterial.folder)/lab/captures/\(name).tar.xz"
    let host = try #require(imports(at: path).machines.first).source
    let printed = try SharedMaterial.run(["tar", "-xOf", path, "./lspci.txt"])
    let text = try #require(printed)
    let result = compare(text, host)
    print("\(result.compared) fields of \(name) compared with lspci")
    #expect(result.compared > 100)
    #expect(result.wrong == [])
  }
}
