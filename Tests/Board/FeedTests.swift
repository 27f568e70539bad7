// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import Disclosure
import Testing

/// The board's data for machines.
@Suite struct FeedTests {
  private static let own = Result { try BoardFixture(.internal, hostsPerProvider: 4) }
  private static let open = Result { try BoardFixture(.public, hostsPerProvider: 4, hostile: true) }

  @Test(arguments: ["board", "changes", "interop", "demand-gap"])
  func everyFeedIsAsItsSchemaSays(name: String) throws {
    for board in [try Self.own.get(), try Self.open.get()] {
      guard let feed = board.files["feed/\(name).json"] else {
        #expect(name == "demand-gap")
        continue
      }
      let schema = try JSONText.parse(try #require(board.files["feed/\(name).schema.json"]))
      #expect(try JSONText.parse(feed).faults(schema) == [])
    }
  }

  @Test func everyJSONFileIsOneDocument() throws {
    for board in [try Self.own.get(), try Self.open.get()] {
      for (path, bytes) in board.files where path.hasSuffix(".json") {
        #expect(throws: Never.self, "\(path)") { try JSONText.parse(bytes) }
      }
    }
  }

  @Test func aDocumentThatIsNotAsTheSchemaSaysIsFound() throws {
    let board = try Self.own.get()
    let schema = try JSONText.parse(try #require(board.files["feed/changes.schema.json"]))
    let text = board.text("feed/changes.json")
    for (old, new) in [
      ("\"since\"", "\"sinse\""), ("\"internal\"", "\"secret\""), ("changes/1", "changes/2"),
    ] {
      let broken = text.replacing(old, with: new)
      #expect(broken != text)
      #expect(try JSONText.parse(Array(broken.utf8)).faults(schema) != [])
    }
  }

  @Test func theAtomFeedIsWellFormedAndNewestFirst() throws {
    for board in [try Self.own.get(), try Self.open.get()] {
      let feed = try Markup(board.text("changes.atom"))
      let ids = feed.all("id").map(\.text)
      #expect(Set(ids).count == ids.count)
      let times = feed.all("updated").dropFirst().map(\.text)
      #expect(times == times.sorted(by: >))
      #expect(!times.isEmpty)
    }
  }

  @Test func metricsHaveOneSampleACell() throws {
    let text = try Self.open.get().text("feed/metrics.prom")
    let samples = text.split(separator: "\n").filter { $0.hasPrefix("hostcap_board_state{") }
    #expect(samples.count == 27 * 12)
    #expect(text.contains("provider=\"\\\"quoted\\\" & 'quoted'\""))
  }
}
