// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Disclosure
import Tables
import Testing

/// What others see of a result.
@Suite struct DiscloserTests {
  private let table = ResultTable(
    name: "hosts", title: "Every host",
    columns: [
      Column("provider", .public), Column("host", .name), Column("kernel", .private),
      Column("observed_at", .day), Column("hosts", .count),
    ],
    rows: [
      [
        .text("alpha"), .text("compute-1"), .text("6.12.107-secret"), .text("2026-11-26T09:45:50Z"),
        .integer(7),
      ],
      [.text("alpha"), .text(""), .text("x"), .text("yesterday"), .text("7")],
      [.text("short")],
    ])

  private func key(_ byte: UInt8 = 7) throws -> PseudonymKey {
    try PseudonymKey(file: Array(repeating: byte, count: 32))
  }

  @Test func theProviderSeesEverything() {
    let mine = Discloser(.internal).disclose(table)
    #expect(mine.audience == .internal)
    #expect(mine.columns == table.columns)
    #expect(mine.rows == Array(table.rows.prefix(2)))
  }

  @Test func othersSeeClassesThatAreOpenAndNothingElse() throws {
    let open = try Discloser(.public(key: key(), counts: .bucket)).disclose(table)
    #expect(open.columns.map(\.name) == ["provider", "host", "observed_at", "hosts"])
    #expect(open.index(of: "kernel") == nil)
    #expect(open.rows.count == 2)
    #expect(open.rows[0][0] == .text("alpha"))
    #expect(open.rows[0][2] == .text("2026-11-26"))
    #expect(open.rows[0][3] == .text("5-19"))
  }

  @Test func aCellThatIsNotOfItsClassIsLeftEmpty() throws {
    let open = try Discloser(.public(key: key(), counts: .exact)).disclose(table)
    #expect(open.rows[1] == [.text("alpha"), .text(""), .text(""), .text("")])
  }

  @Test func aPseudonymIsTwelveLettersAndHangsOnTheKey() throws {
    func pseudonym(_ byte: UInt8) throws -> String {
      try Discloser(.public(key: key(byte), counts: .exact)).disclose(table).rows[0][1].text
    }
    let one = try pseudonym(7)
    #expect(one.utf8.count == 12)
    #expect(one.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz234567".utf8.contains($0) })
    #expect(try pseudonym(7) == one)
    #expect(try pseudonym(8) != one)
  }

  @Test func aKeyIsRawBytesOrDigits() throws {
    let digits = try PseudonymKey(file: Array((String(repeating: "07", count: 32) + "\n").utf8))
    let raw = try key()
    let names = [digits, raw].map { Discloser(.public(key: $0, counts: .exact)).disclose(table).rows[0][1] }
    #expect(names[0] == names[1])
    #expect(throws: PseudonymKey.Refusal.tooShort) { try PseudonymKey(file: Array("0707\n".utf8)) }
    #expect(throws: PseudonymKey.Refusal.tooShort) { try PseudonymKey(file: []) }
  }

  @Test(arguments: [
    (Int64(0), "0", "no"), (1, "1-4", "yes"), (4, "1-4", "yes"), (5, "5-19", "yes"), (19, "5-19", "yes"),
    (20, "20-99", "yes"), (99, "20-99", "yes"), (100, "100+", "yes"), (Int64.max, "100+", "yes"),
    (-1, "", ""),
  ])
  func zeroIsNeverHidden(count: Int64, bucket: String, yesno: String) throws {
    let one = ResultTable(name: "n", title: "", columns: [Column("n", .count)], rows: [[.integer(count)]])
    func text(_ counts: CountPrecision) throws -> String {
      try Discloser(.public(key: key(), counts: counts)).disclose(one).rows[0][0].text
    }
    #expect(try text(.bucket) == bucket)
    #expect(try text(.yesno) == yesno)
    #expect(try text(.exact) == (count < 0 ? "" : String(count)))
  }

  @Test func namesAreWhatTheScanMustNotFind() {
    #expect(table.names == ["compute-1"])
  }
}
