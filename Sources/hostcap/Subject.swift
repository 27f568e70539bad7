// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import Importers
import Probing
import Tape

/// One machine that a command is about: what it said, and what that comes to.
struct Subject {
  /// The input's name; `nil`: the host that was probed.
  let name: String?
  /// What the answers were read from, for people.
  let format: String?
  let report: HostReport
  /// Answers the same question as the report's probes heard it.
  let source: any HostSource

  init(probing options: ProbeOptions) throws(InputError) {
    let run = try options.run()
    (name, format, report, source) = (nil, nil, run.report, run.recorder.tape)
  }

  init(_ machine: ImportedMachine, assumingBareMetal: Bool = false) {
    // As a probed host's answers are: what identifies a machine is in no report, whatever the dump holds.
    let said = machine.source
    let recorder = Recorder(Redactor(assumingBareMetal ? Assuming(bareMetal: said) : said))
    (name, format, source) = (machine.name, machine.format, recorder)
    report = HostReport(recorder, probes: Catalog.probes)
  }

  /// Every machine in the file, or the probed host where there is none.
  static func subjects(in file: String?, else options: ProbeOptions) throws(InputError) -> [Subject] {
    guard let file else { return [try Subject(probing: options)] }
    return try Input.read(file).machines.map { Subject($0, assumingBareMetal: options.assumeBareMetal) }
  }
}
