// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

/// Answers from a table; silence where there is none.
private struct Answers: HostSource {
  let answers: [Question: Answer]
  init(_ answers: [Question: Answer]) { self.answers = answers }
  func ask(_ question: Question) -> Answer { answers[question] ?? .withheld("not given") }
}

@Suite struct ReadingTests {
  private func outcome(_ answer: Answer) -> String {
    "\(Answers([.clock: answer]).read(.clock, as: decimal).outcome)"
  }

  @Test func theFiveKindsOfAnswerStayApart() {
    #expect(outcome(.bytes([0x37])) == "value(7)")
    #expect(outcome(.bytes([0x78])) == "unreadable(\"1 bytes not of the documented form\")")
    #expect(outcome(.absent) == "absent")
    #expect(outcome(.denied) == "denied")
    #expect(outcome(.withheld("why")) == "withheld(\"why\")")
    #expect(outcome(.failed(code: 5, "I/O error")) == "unreadable(\"I/O error (errno 5)\")")
    #expect(outcome(.failed(code: 0, "timed out")) == "unreadable(\"timed out\")")
  }

  @Test func mappingKeepsTheQuestionAndWhatIsMissing() {
    let denied = Answers([.clock: .denied]).read(.clock, as: decimal).map { $0 + 1 }
    #expect(denied.question == .clock && denied.value == nil && !denied.isAbsent)
    #expect(Answers([.clock: .absent]).read(.clock, as: decimal).map { $0 + 1 }.isAbsent)
    #expect(Answers([.clock: .bytes([0x31])]).read(.clock, as: decimal).map { $0 + 1 }.value == 2)
  }

  @Test(
    arguments: [
      ("6.12.107-amd64\n", "6.12"), ("5.15.0-1-generic", "5.15"), ("6.1", "6.1"), ("7.2-rc3", "7.2"),
      ("4.18.0-553.el8", "4.18"),
      ("", nil), ("6", nil), ("x.1", nil), ("6.x", nil), ("6.", nil), ("1000.1", nil), ("-6.1", nil),
      ("6..1", nil),
    ] as [(String, String?)])
  func aReleaseIsItsTwoLeadingNumbers(release: String, version: String?) {
    #expect(KernelVersion(Array(release.utf8)[...])?.description == version)
  }

  @Test func releasesCompareAsNumbers() {
    #expect(KernelVersion(6, 9) < KernelVersion(6, 11))
    #expect(KernelVersion(5, 19) < KernelVersion(6, 1))
    #expect(!(KernelVersion(6, 11) < KernelVersion(6, 11)))
  }

  @Test func aModuleParameterIsYesOrNoOrUnreadable() {
    func flag(_ text: String) -> Bool? { Answers([.file("/p"): .bytes(Array(text.utf8))]).flag("/p").value }
    for yes in ["Y\n", "y", "1\n"] { #expect(flag(yes) == true) }
    for no in ["N\n", "n", "0\n"] { #expect(flag(no) == false) }
    for neither in ["", "2", "YES", "-1"] { #expect(flag(neither) == nil) }
  }

  @Test func aLinkIsReadByItsLastName() {
    func name(_ target: String) -> String? {
      Answers([.link("/l"): .bytes(Array(target.utf8))]).linkName("/l").value
    }
    #expect(name("../../../bus/pci/drivers/vfio-pci") == "vfio-pci")
    #expect(name("0000:3b:00.0") == "0000:3b:00.0")
    #expect(name("") == nil)
  }

  @Test(arguments: ["a\nb", "a\u{0}\n", "a/b\n", String(repeating: "x", count: 256) + "\n"])
  func aListingWithWhatNoFileIsCalledIsUnreadable(_ listing: String) {
    let names = Answers([.directory("/sys"): .bytes(Array(listing.utf8))]).names(in: "/sys")
    guard case .unreadable = names.outcome else {
      Issue.record("\(names.outcome)")
      return
    }
  }
}
