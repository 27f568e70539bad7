// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Disclosure
import Testing

/// The second look at what is published.
@Suite struct OutputScanTests {
  private func kind(_ text: String, secrets: [String] = [], open: [String] = []) -> OutputScan.Hit.Kind? {
    do {
      try OutputScan(secrets: secrets, open: open).check(Array(text.utf8), path: "index.html")
      return nil
    } catch { return error.kind }
  }

  @Test(arguments: [
    "<td>compute-1</td>", "compute-1", "compute-1.example.org", "COMPUTE-1", "\"host\":\"compute-1\"",
    "host/compute-1.html", "host=compute-1",
  ])
  func aHostIsFoundAsAWordOfItsOwn(text: String) {
    #expect(kind(text, secrets: ["compute-1"]) == .secret)
  }

  @Test(arguments: ["compute-12", "my-compute-1", "compute-", "xcompute-1", "compute", ""])
  func aLongerWordIsNotTheHost(text: String) {
    #expect(kind(text, secrets: ["compute-1"]) == nil)
  }

  @Test func aNameOfManyWordsIsFoundWholeAndAsHTMLHasIt() {
    #expect(kind("see node1.rack.example.org.", secrets: ["node1.rack.example.org"]) == .secret)
    #expect(kind("see node1.rack.example.net", secrets: ["node1.rack.example.org"]) == nil)
    #expect(kind("<td>a&lt;b&gt; &amp; rack</td>", secrets: ["a<b> & rack"]) == .secret)
  }

  @Test func whatIsOpenOrTooShortIsNotSearchedFor() {
    #expect(kind("alpha abc", secrets: ["alpha", "abc"], open: ["Alpha"]) == nil)
  }

  @Test func theErrorNamesTheFileAndNeverTheValue() {
    let error = #expect(throws: OutputScan.Hit.self) {
      try OutputScan(secrets: ["compute-1"]).check(Array("is compute-1".utf8), path: "a/b.html")
    }
    #expect(error?.path == "a/b.html")
    #expect(error?.offset == 3)
    #expect(error.map { "\($0)".contains("compute-1") } == false)
  }

  @Test(arguments: [
    ("link/ether 0c:42:a1:7f:00:3e brd", OutputScan.Hit.Kind.hardwareAddress),
    ("0c-42-a1-7f-00-3e", .hardwareAddress), ("guid 0c:42:a1:03:00:7f:00:3e", .hardwareAddress),
    ("<td>123e4567-e89b-12d3-a456-426614174000</td>", .uuid),
    ("vm-123e4567-e89b-12d3-a456-426614174000", .uuid), ("0123456789abcdef0123456789abcdef", .uuid),
    ("at 10.0.0.1.", .ipv4), ("10.0.0.1:8080", .ipv4), ("10.0.0.1-10.0.0.9", .ipv4),
    ("x=192.168.1.254/24", .ipv4),
    ("fe80::1", .ipv6), ("2001:db8::", .ipv6), ("[2001:db8:0:0:0:0:0:1]:443", .ipv6), ("::ffff:a00:1", .ipv6),
    ("Serial number: CZ2D1234X", .serial), ("\"serial\": \"CZ2D1234X\"", .serial),
    ("<th>Serial</th><td>4321ABC</td>", .serial), ("eui.0025388b91d0a1f2", .serial),
    ("wwn 0x5000c500a1b2c3d4", .serial),
  ])
  func whatPointsToAMachineIsFound(text: String, expected: OutputScan.Hit.Kind) {
    #expect(kind(text) == expected)
  }

  @Test(arguments: [
    "15b3:101d", "0000:3b:00.0", "6.12.107", "2026-11-26T09:45:50Z", "09:45:50", "v1.2.3.4", "1.2.3.4.5",
    "256.1.1.1", "1.02.3.4", "::", "::1", "th::before", "amd.sev-snp", "hw:mem_encryption", "serial console",
    "serial ports", "index.html#amd.sev-snp", "CUSTOM_HOSTCAP_AMD_SEV_SNP_READY", "kvm_amd.sev_snp=1",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "100.000.000", "a-b-c-d-e-f-0-1",
    "2026-11-26-09-45-50", "SHA256:N8QYabcd", "1:2:3", "2026.2", "x86-64-v3", "EPYC 9354 32-Core",
    "class=\"a\" href=\"../provider/alpha.html\"",
  ])
  func ordinaryWordsOfABoardPass(text: String) {
    #expect(kind(text) == nil)
  }

  @Test func aMegabyteAndAHalfTakesNoTime() throws {
    let line =
      "<tr><td class=\"s proven\"><a href=\"provider/alpha.html\">proven</a> 20-99 2026-11-26</td></tr>\n"
    let bytes = Array(repeatElement(Array(line.utf8), count: 20_000).joined())
    let scan = OutputScan(secrets: (0..<10_000).map { "compute-\($0)" })
    let clock = ContinuousClock()
    let time = try clock.measure { try scan.check(bytes, path: "index.html") }
    // Without optimisation, on a busy machine.
    #expect(time < .seconds(60))
  }
}
