// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Importers
import LiveHost
import Probing
import Tape

struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Report on hosts from tapes, or from other programs' dumps.",
    discussion: """
      A file may be a tape, a CPUID dump, a sysfs tree, lspci's hexadecimal text, libvirt's XML and more; a folder or an \
      archive may hold many. The format is told by content. Several machines make one page with a heading each, a JSON \
      array of objects with the keys machine, format and report, one hardware bill of them all (hbom), or one set of test results (junit, subunit, sonobuoy), \
      whose machine-1, machine-2 and so on stand for the machines in the order given.

      A file that cannot be read costs one line on standard error and, at the end, exit status 2; the others are \
      reported.

      EXAMPLES:
        hostcap judge host.tape
        hostcap judge --format json --output reports.json captures/*.tar.xz
        hostcap judge --format junit --output hosts.xml reports/*.tape
        hostcap judge --format subunit host.tape | subunit-stats
        hostcap judge lspci.txt
      """)

  @Argument(help: "Tapes, dumps, folders or archives; - is standard input.", completion: .file())
  var files: [String]

  @Flag(
    help: "Judge as bare metal although a processor says guest: for emulated machines. The report says so.")
  var assumeBareMetal = false

  @OptionGroup(title: "Report") var reporting: ReportOptions

  func run() throws {
    var subjects: [Subject] = []
    var refused: [InputError] = []
    for file in files {
      do throws(InputError) {
        let found = try Input.read(file)
        subjects += found.machines.map { Subject($0, assumingBareMetal: assumeBareMetal) }
        // Whatever else lies in a folder or an archive is worth a line, not a failure.
        for error in found.refused { Writing.complain("hostcap: \(error)") }
      } catch {
        refused.append(error)
      }
    }
    if !subjects.isEmpty { try reporting.write(subjects) }
    for error in refused { Writing.complain("hostcap: \(error)") }
    if !refused.isEmpty { throw ExitCode(2) }
  }
}
