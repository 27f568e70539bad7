// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import Documents
import LiveHost
import Planning
import Probing
import ReportText
import Tape

struct FlavorsTruthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "truth",
    abstract: "Say on which hosts a flavor's name is true, and where it promises too much.",
    discussion: """
      Compares what the SCS names promise (mitigations, ECC, the processor's generation, the GPU, InfiniBand, nested \
      guests) and the encryption that a flavor asks for with the reports of hosts. What a report does not tell is \
      neither true nor false. Exit status 1: some name is overstated on a host that the flavor can reach.

      EXAMPLES:
        hostcap flavors truth flavors.yaml reports/
        hostcap flavors truth flavors.yaml reports/ --site site.yaml
      """)

  @Argument(help: "Flavor definitions, as for lint; - is standard input.", completion: .file())
  var file: String

  @Argument(help: "Reports, folders of reports, tapes or dumps.", completion: .file())
  var reports: [String]

  @Option(
    help: "The site, which tells what the aliases stand for.", completion: .file(extensions: ["yaml", "yml"]))
  var site: String?

  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let flavors = try FlavorsCommand.read(file)
    let policy = try site.map {
      try Site(Document(parsing: InputFile.read($0, limit: Document.sizeLimit), path: $0))
    }
    let truths = FlavorTruth.all(flavors, on: try ReportFiles.hosts(at: reports), site: policy)
    try OutputFile.write(json ? Self.document(truths) : Self.text(truths, flavors), to: "-")
    if truths.contains(where: { $0.verdict == .overstated }) { throw ExitCode(1) }
  }

  private static func text(_ truths: [FlavorTruth], _ flavors: FlavorFile) -> [UInt8] {
    var outline = Outline(style: Presentation.style(forOutput: nil))
    let words: [(FlavorTruth.Verdict, String, Outline.Tone)] = [
      (.kept, "✔ true", .good), (.overstated, "✘ overstated", .bad), (.unknown, "? not known", .open),
      (.notReached, "– not reached", .faint),
    ]
    for flavor in flavors.flavors {
      let own = truths.filter { $0.flavor == flavor.name }
      guard !own.isEmpty else { continue }
      outline.blank()
      outline.add(flavor.name, .strong)
      for (verdict, word, tone) in words {
        let hosts = own.filter { $0.verdict == verdict }
        if hosts.isEmpty { continue }
        outline.add("\(word) on \(hosts.count) of \(own.count)", level: 1, tone)
        for (because, names) in groups(hosts) {
          outline.add(names.joined(separator: ", "), level: 2)
          for why in because { outline.add(why, level: 3, .faint) }
        }
      }
    }
    if truths.isEmpty { outline.add("no flavor here promises anything that a report can tell") }
    return outline.output
  }

  /// Hosts of one class have one cause.
  private static func groups(_ truths: [FlavorTruth]) -> [(because: [String], hosts: [String])] {
    var groups: [(because: [String], hosts: [String])] = []
    for truth in truths {
      if let index = groups.firstIndex(where: { $0.because == truth.because }) {
        groups[index].hosts.append(truth.host)
      } else {
        groups.append((truth.because, [truth.host]))
      }
    }
    return groups
  }

  private static func document(_ truths: [FlavorTruth]) -> [UInt8] {
    let all = truths.map { truth -> JSONValue in
      [
        "because": .array(truth.because.map { .string($0) }), "flavor": .string(truth.flavor),
        "host": .string(truth.host), "verdict": .string(truth.verdict.rawValue),
      ]
    }
    var bytes: [UInt8] = []
    JSONValue.array(all).write(into: &bytes)
    return bytes + [UInt8(ascii: "\n")]
  }
}
