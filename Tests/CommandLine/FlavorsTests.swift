// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct FlavorsTests {
  let folder: TemporaryFolder
  let file: String

  init() throws {
    folder = try TemporaryFolder()
    file = try folder.write(
      #"""
      reference: [{field: name}]
      mandatory:
        - name: cc-snp-1v-1
          cpus: 1
          ram: 1024
          hw:mem_encryption: "true"
          hw:mem_encryption_model: amd-sev-snp
          trait:CUSTOM_HOSTCAP_AMD_SEV_SNP_READY: required
        - {name: SCS-1V-1_z5, cpus: 1, ram: 1024}
      """#.utf8, "flavors.yaml")
  }

  @Test func aFlavorThatTheReleaseMakesLessOfIsAnError() throws {
    let result = try Program.hostcap.run(["flavors", "lint", file, "--osism", "10"])
    #expect(result.status == 1)
    #expect(result.text.contains("[flavor.model_of_later_release]\n"))
    #expect(result.lines.last == "2 flavors for OSISM 10 (OpenStack 2025.1): 1 errors, 0 warnings")
  }

  @Test func aReleaseThatTakesThemHasNothingToSay() throws {
    let result = try Program.hostcap.run(["flavors", "lint", file, "--openstack", "2026.2"])
    #expect(result.status == 0)
    #expect(result.text == "2 flavors for OpenStack 2026.2: 0 errors, 0 warnings\n")
  }

  @Test func aListingFromTheClientIsReadFromStandardInput() throws {
    let listing = #"""
      [{"ID": "1", "Name": "cc-1", "RAM": 1024, "Disk": 0, "Ephemeral": 0, "VCPUs": 1, "Is Public": true,
        "Properties": {"hw:mem_encryption_model": "amd-sev-snp"}}]
      """#
    let result = try Program.hostcap.run(
      ["flavors", "lint", "-", "--openstack", "2026.2", "--json"], input: Array(listing.utf8))
    #expect(result.status == 1)
    let found = try #require(try JSONSerialization.jsonObject(with: Data(result.output)) as? [[String: Any]])
    #expect(found.contains { $0["rule"] as? String == "flavor.model_without_encryption" })
  }

  @Test func theTruthIsToldByHost() throws {
    let tape = PlanTests.tapes.appending(path: "libvirt-snp-firmware.jsonl").path
    let result = try Program.hostcap.run(["flavors", "truth", file, tape])
    #expect(result.status == 1)
    #expect(
      result.text == """
        cc-snp-1v-1
            ✔ true on 1 of 1
                libvirt-snp-firmware

        SCS-1V-1_z5
            ✘ overstated on 1 of 1
                libvirt-snp-firmware
                    _z5: its processor is _z3
                    no i: what is mitigated is not known
                    no u: ECC is not known to be on

        """)
  }

  @Test func aReleaseHasToBeNamed() throws {
    for arguments in [
      [], ["--openstack", "2027.1"], ["--osism", "12"], ["--osism", "11", "--openstack", "2026.1"],
    ] {
      #expect(try Program.hostcap.run(["flavors", "lint", file] + arguments).status == 64)
    }
  }

  @Test func whatIsNoFlavorFileIsRefused() throws {
    let bad = try folder.write("a: [\n".utf8, "bad.yaml")
    let result = try Program.hostcap.run(["flavors", "lint", bad, "--osism", "11"])
    #expect(result.status == 2)
    #expect(result.complaint.hasPrefix("hostcap: \(bad): line 2: is not YAML"))
  }
}
