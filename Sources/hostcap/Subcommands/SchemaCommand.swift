// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LiveHost
import ReportJSON

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of the report.",
    discussion: """
      EXAMPLES:
        hostcap schema > hostcap-report.schema.json
        hostcap schema --predicate > hostcap-attestation.schema.json
      """)

  @Flag(help: "Of what sign --dsse states of a report: the predicate of its in-toto statement.")
  var predicate = false

  func run() throws {
    try OutputFile.write(predicate ? PredicateSchema.text : ReportSchema.text, to: "-")
  }
}
