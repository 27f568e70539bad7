// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import Foundation
import Tables
import Testing

@Suite struct QueryTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Fleet/SQL")

  @Test func everyFileIsAQuery() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).map {
      $0.replacing(".sql", with: "")
    }
    #expect(Query.all.map(\.name) == names.sorted())
  }

  @Test func everyHeadNamesTheColumnsThatComeBack() throws {
    let store = try Store()
    for query in Query.all {
      #expect(query.title.hasSuffix("."), "\(query.name)")
      let own = try store.answer(own: query.sql, path: query.name, in: Scope(at: FleetFixture.now))
      #expect(own.columns.map(\.name) == query.columns.map(\.name), "\(query.name)")
    }
  }

  /// What was read on a host, or names it, is of a class that does not leave its provider.
  @Test func noQueryOpensWhatTheSchemaCloses() {
    let closed: [String: FieldClass] = [
      "host": .name, "name": .name, "kernel": .private, "fix": .private, "because": .private,
      "text": .private,
      "source": .private, "detail": .private, "digest": .private, "bios": .private, "observed_at": .day,
    ]
    for query in Query.all {
      for column in query.columns {
        // The funnel counts hosts by stage, and one of the stages is called kernel.
        guard let least = closed[column.name], column.fieldClass != .count else { continue }
        #expect(column.fieldClass >= least, "\(query.name).\(column.name)")
      }
    }
  }
}
