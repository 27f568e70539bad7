// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import Testing

@Suite struct CommandLineTests {
  static func line(_ text: String) throws -> CommandLine {
    try #require(CommandLine(Array((text + "\n").utf8)[...]))
  }

  @Test(arguments: [
    ("quiet iommu=pt", true), ("iommu=pt iommu=nopt", false), ("iommu=soft,pt", true),
    ("iommu.passthrough=1", true),
    ("iommu.passthrough=1 iommu.passthrough=0", false), ("quiet", false), ("xiommu=pt", false),
  ])
  func theLastWordOnPassthroughWins(_ text: String, _ asked: Bool) throws {
    #expect(try (Self.line(text).iommuPassthrough != nil) == asked)
  }

  @Test func hyphenAndUnderscoreAreTheSameInAKey() throws {
    #expect(try Self.line("kvm-amd.sev=0").last("kvm_amd.sev") == "0")
  }

  @Test func anEmptyFileIsNotACommandLine() { #expect(CommandLine([]) == nil) }

  /// The kernel ends it with a newline: what a short read lost may be `iommu=off`.
  @Test func aLineCutShortIsNotACommandLine() { #expect(CommandLine(Array("quiet iomm".utf8)[...]) == nil) }
}
