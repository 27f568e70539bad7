// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import HostModel
import Testing

@Suite struct ExplainTests {
  let folder: TemporaryFolder
  let host: String

  init() throws {
    folder = try TemporaryFolder()
    host = try folder.write(Machines.bytes(Machines.host), "host.tape")
  }

  @Test func aCapabilityIsExplainedToTheNextStep() throws {
    let result = try Program.hostcap.run(["explain", "amd.sev", host])
    #expect(result.status == 0)
    #expect(result.text.contains("← stops here"))
    #expect(result.text.contains("SYSCFG[23] (MemEncryptionModEn) = 0"))
    #expect(result.text.contains("= 0x0000000000000000"))
    #expect(result.text.contains("\nNext step  BIOS: "))
    #expect(result.text.contains("\nSee it     rdmsr -p0 0xc0010010\n"))
  }

  @Test func everyRungOfEveryCapabilityCanBeAsked() throws {
    for ladder in Catalog.capabilities {
      let rung = try #require(ladder.rungs.last)
      let result = try Program.hostcap.run(["explain", "\(ladder.id)/\(rung.id)", host])
      #expect(result.status == 0, "\(ladder.id)/\(rung.id)")
      #expect(!result.output.isEmpty)
    }
  }

  @Test func aReasonNamesTheRungsThatGiveIt() throws {
    let result = try Program.hostcap.run(["explain", "bios.smee_off", host])
    #expect(result.status == 0)
    #expect(result.text.contains("amd.sev/smee"))
  }

  @Test func aFunctionThatIsNotThereIsBadInput() throws {
    let result = try Program.hostcap.run(["explain", "0000:3b:00.0", host])
    #expect(result.status == 2)
    #expect(result.complaint == "hostcap: \(host): no PCI function 0000:3b:00.0\n")
  }

  @Test(arguments: [
    "nonsense", "amd.sev/nonsense", "pci.passthrough", "amd.sev-snp/", "/", "0000:3b:00.9", "",
  ])
  func whatNobodyKnowsIsWrongUsage(_ word: String) throws {
    let result = try Program.hostcap.run(["explain", word, host])
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
  }
}
