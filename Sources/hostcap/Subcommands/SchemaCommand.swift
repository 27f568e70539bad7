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
      """)

  func run() throws {
    try OutputFile.write(ReportSchema.text, to: "-")
  }
}
