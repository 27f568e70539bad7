// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import HostModel
import Importers
import LiveHost
import Probing
import Tape

struct RecordCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Write a tape: every question and its answer, redacted.",
    discussion: """
      A tape is JSON Lines. It can be judged anywhere, by this and by later versions. With FILE, another program's \
      dump becomes a tape.

      EXAMPLES:
        hostcap record --output host.tape
        hostcap record --output rome.tape cpuid.txt
      """)

  @Option(
    help: ArgumentHelp("Write the tape to this file, whole or not at all.", valueName: "file"),
    completion: .file())
  var output: String

  @Argument(help: "A dump to turn into a tape, instead of asking this host.", completion: .file())
  var file: String?

  @OptionGroup(title: "Probing") var probing: ProbeOptions

  var asksHost: Bool { file == nil }
  var outputs: [String] { [output] }

  func run() throws {
    let recorder = try recorder()
    try OutputFile.write(to: output) { recorder.writeTape(into: &$0, draining: $1) }
  }

  private func recorder() throws -> Recorder {
    guard let file else { return try probing.run().recorder }
    let found = try Input.read(file).machines
    guard let machine = found.first, found.count == 1 else {
      throw InputError(file, "holds \(found.count) machines; a tape holds one")
    }
    let recorder = Recorder(Redactor(machine.source))
    // What the probes ask is what is on the tape; what they make of it is not.
    _ = HostReport(recorder, probes: Catalog.probes)
    return recorder
  }
}
