// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Tables
import Testing

@testable import Board

/// How a cell of the matrix comes about, and how names, counts and moments are written.
@Suite struct StandingTests {
  private func row(_ cells: [String: Cell]) -> FactRow {
    let keys = cells.keys.sorted()
    return FactRow(
      columns: Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) }),
      cells: keys.compactMap { cells[$0] })
  }

  @Test func theFarthestStateOfAnyHostCounts() {
    let some: [String: Cell] = ["proven": .integer(0), "usable": .text("5-19"), "blocked": .integer(3)]
    #expect(Standing(row(some)).state == .usable)
    #expect(Standing(row(some)).count == .about("5-19"))
    #expect(Standing(row(["proven": .text("yes"), "usable": .text("yes")])).state == .proven)
    #expect(
      Standing(row(["proven": .text("no"), "blocked": .text("1-4"), "farthest": .integer(1)])).words
        == "blocked: firmware")
  }

  @Test func besideHostsThatSayNothingAbsentIsUnknown() {
    let both: [String: Cell] = ["absent": .integer(2), "unknown": .integer(1)]
    #expect(Standing(row(both)).state == .unknown)
    #expect(Standing(row(both), ofClass: true).state == .absent)
    #expect(Standing(row(["absent": .integer(2), "unknown": .integer(0)])).state == .absent)
    #expect(Standing(row([:])).state == .unknown)
  }

  @Test func virtualFunctionsAreUsableWhileOneIsFree() {
    #expect(Standing(virtualFunctions: [row(["free": .integer(1), "total": .integer(8)])]).state == .usable)
    #expect(Standing(virtualFunctions: [row(["free": .integer(0), "total": .integer(8)])]).state == .blocked)
    #expect(Standing(virtualFunctions: [row(["free": .integer(0), "total": .integer(0)])]).state == .absent)
  }

  @Test func bucketsHaveNoSum() {
    #expect(Count.sum([.exact(2), .exact(3)]) == 5)
    #expect(Count.sum([.exact(2), .about("1-4")]) == nil)
    #expect(Count.sum([.exact(.max), .exact(1)]) == nil)
    #expect(Count.exact(-1_234_567).text == "-1,234,567")
    let zeros = [Count(.text("0")), Count(.text("no")), Count(.integer(0))]
    #expect(zeros.map(\.isZero) == [true, true, true])
    #expect(!Count(.text("")).isZero && !Count(nil).isSome)
  }

  @Test func twoNamesNeverShareAPath() {
    let names =
      ["a", "A", "a b", "a-b", "a/b", "", ".", "..", ".a", "a.", "ä", "a\u{0}", "con"]
      + Hostile.providers + Hostile.hosts.dropFirst()
    let slugs = Set(names.map { Slug.of($0) })
    let apart = Set(names.map { Array($0.utf8) })
    #expect(slugs.count == apart.count)
    #expect(Slug.of("amd.sev-snp") == "amd.sev-snp")
    #expect(Slug.of(Slug.of("a b")) != Slug.of("a b"))
  }

  @Test func momentsAreCountedWithoutACalendarOfTheHost() throws {
    let now = try #require(Moment("2026-11-26T12:00:00Z"))
    let ages = ["2026-11-26T08:18:00Z", "2026-11-26", "2026-10-06T04:10:00Z", "2027-01-01T00:00:00Z"]
    #expect(ages.map { Moment($0)?.age(at: now) } == ["3 h", "today", "51 d", "now"])
    #expect(Moment("2024-02-28")?.after(days: 2).date == "2024-03-01")
    #expect(Moment("2026-12-31T23:59:59Z")?.after(days: 1).date == "2027-01-01")
    for text in ["", "2026", "2026-13-01", "yesterday.", "2026-11-2"] { #expect(Moment(text) == nil) }
  }

  @Test func textIsEscapedByItsType() {
    let name = "<b>\"&'\u{1}\u{7f}\u{85}\u{200f}\n"
    let html: HTML = "<i title=\"\(name)\">\(name)</i>"
    let plain = "&lt;b&gt;&quot;&amp;&#39;[U+0001][U+007F][U+0085][U+200F] "
    #expect(String(decoding: html.bytes, as: UTF8.self) == "<i title=\"\(plain)\">\(plain)</i>")
    let inner: HTML = "<u>\(7)</u>"
    #expect(String(decoding: ("\(inner)" as HTML).bytes, as: UTF8.self) == "<u>7</u>")
  }
}
