// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct FleetTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func needs(_ demands: String, _ arguments: [String] = []) throws -> Program.Result {
    let text = "release: {openstack: \"2026.2\"}\ndemands:\n\(demands)\n"
    let file = try folder.write(text.utf8, "demand.yaml")
    let tapes = ["libvirt-snp-firmware", "iommu-pt"].map {
      PlanTests.tapes.appending(path: "\($0).jsonl").path
    }
    return try Program.hostcap.run(["fleet", "needs", file] + tapes + arguments)
  }

  @Test func aSwitchIsNamedBeforeAPurchase() throws {
    let result = try needs("  - {name: snp, capability: amd.sev-snp, hosts: 2}")
    #expect(result.status == 0)
    #expect(
      result.text.contains(
        "- **1**: remove iommu=pt on the kernel command line (reboot, `kernel.iommu_passthrough`)"))
    #expect(result.text.hasSuffix("Nothing has to be bought.\n"))
  }

  @Test func whatIsMissingIsTheExitStatus() throws {
    let result = try needs("  - {name: tdx, capability: intel.tdx, hosts: 1}", ["--format", "json"])
    #expect(result.status == 1)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
    let demand = try #require((object["demands"] as? [[String: Any]])?.first)
    #expect(demand["missing"] as? Int == 1)
    #expect(demand["hardwareSeen"] as? Bool == false)
  }

  @Test func initPrintsAListThatIsRead() throws {
    let template = try Program.hostcap.run(["fleet", "needs", "--init"])
    let file = try folder.write(template.output, "demand.yaml")
    let tape = PlanTests.tapes.appending(path: "iommu-pt.jsonl").path
    let result = try Program.hostcap.run(["fleet", "needs", file, tape])
    #expect(result.complaint == "")
    #expect(result.status == 1)
    #expect(try Program.hostcap.run(["fleet", "needs"]).status == 64)
  }
}
