// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Board
import Disclosure
import Tables
import Testing

/// What holds for every page of a board, whoever it is for and whatever its facts are called.
@Suite struct BoardPageTests {
  private struct Read {
    let board: BoardFixture
    let pages: [(path: String, text: String, markup: Markup)]

    init(_ board: BoardFixture) throws {
      self.board = board
      pages = try board.pages.map { ($0.path, $0.text, try Markup($0.text)) }
    }
  }

  private static let all = Result {
    [
      try Read(BoardFixture(.public, hostsPerProvider: 4)),
      try Read(BoardFixture(.internal, hostsPerProvider: 4)),
      try Read(BoardFixture(.public, hostsPerProvider: 4, hostile: true)),
      try Read(BoardFixture(.internal, hostsPerProvider: 4, hostile: true)),
    ]
  }

  private func all() throws -> [Read] { try Self.all.get() }
  private func boards() throws -> [BoardFixture] { try all().map(\.board) }

  @Test func theSameFactsGiveTheSameBytes() throws {
    let again = try BoardFixture(.public, hostsPerProvider: 4)
    #expect(try boards()[0].files == again.files)
  }

  @Test func theOrderOfRowsDoesNotMatter() throws {
    let fleet = InventedFleet(hostsPerProvider: 4)
    func files(_ tables: [DisclosedTable]) throws -> [String: [UInt8]] {
      var facts = BoardFacts(
        for: .internal, stamp: .init(at: InventedFleet.at, since: InventedFleet.since, release: "2026.2"),
        tables: tables)
      facts.remedies = [:]
      var files: [String: [UInt8]] = [:]
      try Board(facts).files { files[$0] = $1 }
      return files
    }
    let tables = fleet.tables
    let turned = tables.reversed().map { table in
      var table = table
      table.rows.reverse()
      return table
    }
    let discloser = Discloser(.internal)
    #expect(try files(tables.map(discloser.disclose)) == files(turned.map(discloser.disclose)))
  }

  @Test func everyPageIsWellFormedAndEveryLinkLeadsSomewhere() throws {
    for read in try all() {
      let board = read.board
      var ids: [String: Set<String>] = [:]
      var links: [(page: String, target: String)] = []
      for (path, _, markup) in read.pages {
        let all = markup.elements.compactMap { $0.attributes["id"] }
        #expect(Set(all).count == all.count, "\(path) has an id twice")
        ids[path] = Set(all)
        for element in markup.elements {
          if let target = element.attributes["href"] { links.append((path, target)) }
          for key in ["aria-labelledby", "for", "headers"] {
            for id in element.attributes[key]?.split(separator: " ") ?? [] {
              #expect(all.contains(String(id)), "\(path): \(key) \(id)")
            }
          }
        }
      }
      for (page, target) in links where !target.hasPrefix("mailto:") {
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
          String.init)
        let file = parts[0].isEmpty ? page : Self.resolve(parts[0], from: page)
        #expect(board.files[file] != nil, "\(page) links to \(target)")
        if parts.count > 1 { #expect(ids[file]?.contains(parts[1]) == true, "\(page) links to \(target)") }
      }
    }
  }

  private static func resolve(_ target: String, from page: String) -> String {
    var folders = page.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/") {
      if part == ".." { _ = folders.popLast() } else { folders.append(String(part)) }
    }
    return folders.joined(separator: "/")
  }

  @Test func nothingIsLoadedFromElsewhereAndNothingRuns() throws {
    for read in try all() {
      for (path, text, markup) in read.pages {
        for element in markup.elements {
          #expect(
            !["script", "iframe", "object", "embed", "img", "base", "form", "style"].contains(element.name),
            "\(path)")
          #expect(
            !element.attributes.keys.contains { $0.hasPrefix("on") || $0 == "style" || $0 == "src" },
            "\(path)")
          let target = element.attributes["href"] ?? ""
          if element.name == "a" {
            #expect(
              !target.hasPrefix("javascript:") && !target.hasPrefix("/") && !target.contains("://"), "\(path)"
            )
          } else {
            #expect(!target.contains(":"), "\(path): \(target)")
          }
        }
        #expect(
          text.contains("content=\"default-src 'none'; style-src 'self'; img-src 'self' data:\""), "\(path)")
        #expect(markup.all("html").first?.attributes["lang"] == "en")
      }
    }
  }

  @Test func everyTableHasACaptionAndScopedHeads() throws {
    for read in try all() {
      for (path, _, markup) in read.pages {
        for (index, element) in markup.elements.enumerated() where element.name == "table" {
          let inside = markup.inside(index)
          #expect(inside.first?.name == "caption" && inside.first?.text.isEmpty == false, "\(path)")
          #expect(inside.contains { $0.name == "thead" }, "\(path)")
          #expect(inside.count { $0.name == "tr" } <= 504, "\(path)")
        }
        for head in markup.all("th") {
          #expect(["col", "row", "colgroup", "rowgroup"].contains(head.attributes["scope"] ?? ""), "\(path)")
        }
        for region in markup.elements where region.attributes["class"] == "region" {
          #expect(region.attributes["tabindex"] == "0" && region.attributes["role"] == "region", "\(path)")
          #expect(region.attributes["aria-label"]?.isEmpty == false, "\(path)")
        }
      }
    }
  }

  @Test func everyShapeHasItsWordAndEveryFigureItsTable() throws {
    for read in try all() {
      for (path, _, markup) in read.pages {
        for (index, element) in markup.elements.enumerated() where element.attributes["class"] == "i" {
          let parent = try #require(element.parent)
          let name = try #require(markup.inside(index).first?.attributes["href"]?.dropFirst(3))
          let word = name.hasPrefix("blocked") ? "blocked" : String(name)
          let words = [
            "yes": "yes", "no": "no", "warn": "remark", "none": "arise", "up": "gained", "down": "lost",
            "change": "changed",
          ]
          #expect(
            markup.elements[parent].text.contains(words[word] ?? word) || path.hasPrefix("host/"),
            "\(path): \(word)")
        }
        for (index, element) in markup.elements.enumerated() where element.attributes["role"] == "img" {
          let inside = markup.inside(index)
          #expect(inside.contains { $0.name == "title" } && inside.contains { $0.name == "desc" }, "\(path)")
          #expect(markup.elements[index...].contains { $0.name == "table" }, "\(path)")
          for key in ["x", "y", "width", "height", "cx", "cy", "r", "rx"] {
            for value in inside.compactMap({ $0.attributes[key] }) {
              #expect(Int(value) != nil, "\(path): \(value)")
            }
          }
        }
      }
    }
  }

  @Test func everyTableHasItsTwins() throws {
    for read in try all() {
      let board = read.board
      for (path, _, markup) in read.pages where !path.hasPrefix("host/") {
        for table in markup.all("table") {
          let id = try #require(table.attributes["id"]).replacing("table_", with: "")
          let stem = path.dropLast(5)
          // A part's own page is called as its table is.
          let base = stem.hasSuffix(".\(id)") ? String(stem.dropLast(id.count + 1)) : String(stem)
          for ending in ["csv", "json"] {
            #expect(board.files["\(base).\(id).\(ending)"] != nil, "\(path): \(id).\(ending)")
          }
        }
      }
    }
  }

  @Test func pagesAreSmallAndTheStyleSheetToo() throws {
    for board in try boards() {
      for (path, text) in board.pages { #expect(text.utf8.count <= 200_000, "\(path)") }
      #expect((board.files["style.css"]?.count ?? .max) < 12_000)
    }
  }

  @Test func pathsAreOfHarmlessLettersAndLeadNowhereElse() throws {
    for board in try boards() {
      for path in board.files.keys {
        #expect(
          path.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789.-_/".utf8.contains($0) }, "\(path)")
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        #expect(parts.allSatisfy { !$0.isEmpty && $0.first != "." && $0.utf8.count < 200 }, "\(path)")
      }
    }
  }

  @Test func manyRowsBecomeManyPages() throws {
    let board = try BoardFixture(.internal, hostsPerProvider: 4, more: 1200, hostPages: false)
    #expect(board.files["hosts/delta-it-2.html"] != nil)
    #expect(board.files["changes.hosts-2.html"] != nil)
    for (path, text) in board.pages where !path.hasPrefix("host/") {
      #expect(text.utf8.count <= 200_000, "\(path)")
      // Rows of heads, of groups, of sections and of totals come on top.
      #expect(text.split(separator: "<tr", omittingEmptySubsequences: false).count - 1 <= 1600, "\(path)")
    }
    let list = board.text("hosts/delta-it-1.html")
    #expect(list.split(separator: "<th scope=\"row\">").count - 1 <= 500)
  }
}
