// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import Catalog
import HostModel
import LiveHost
import Probing
import ReportText

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List capabilities with their rungs, reasons, probes and reports.",
    discussion: """
      EXAMPLES:
        hostcap list
        hostcap list --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "The list's form.") var format = Format.text

  func run() throws {
    switch format {
    case .text: try OutputFile.write(text, to: "-")
    case .json: try OutputFile.write(json, to: "-")
    }
  }

  private var text: [UInt8] {
    var listing = Listing(style: Presentation.style(forOutput: nil))
    for ladder in Catalog.capabilities + Catalog.deviceLadders { listing.add(ladder) }
    listing.add(Reason.all)
    listing.add("Probes", Catalog.probes.map { ($0.id, $0.summary) })
    listing.add("Reports", Catalog.reports.map { ($0.format, $0.mediaType) })
    return listing.output
  }

  private var json: [UInt8] {
    var bytes: [UInt8] = []
    let document: JSONValue = [
      "capabilities": .array(Catalog.capabilities.map(Self.ladder)),
      "deviceLadders": .array(Catalog.deviceLadders.map(Self.ladder)),
      "reasons": .array(Reason.all.map(Self.reason)),
      "probes": .array(Catalog.probes.map { ["id": .string($0.id), "summary": .string($0.summary)] }),
      "reports": .array(
        Catalog.reports.map { ["format": .string($0.format), "mediaType": .string($0.mediaType)] }),
    ]
    document.write(into: &bytes)
    return bytes + [UInt8(ascii: "\n")]
  }

  private static func ladder(_ ladder: Ladder) -> JSONValue {
    [
      "id": .string(ladder.id),
      "title": .string(ladder.title),
      "rungs": .array(
        ladder.rungs.map {
          [
            "id": .string($0.id),
            "layer": .string($0.layer.rawValue),
            "title": .string($0.title),
            "specification": .string($0.specification),
            "implies": .array($0.implies.map(JSONValue.string)),
            "advisory": .bool($0.isAdvisory),
          ]
        }),
    ]
  }

  private static func reason(_ reason: Reason) -> JSONValue {
    [
      "id": .string(reason.id),
      "fixKind": .string(reason.fixKind.rawValue),
      "fix": .string(reason.fix),
      "check": .string(reason.check),
    ]
  }
}
