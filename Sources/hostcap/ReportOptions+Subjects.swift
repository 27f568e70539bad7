// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import Catalog
import HardwareBOM
import HostModel
import Probing
import ReportHBOM
import ReportJSON
import ReportText
import Results
import Tape

extension ReportOptions {
  /// One machine: its report. Several: text with a heading each, a JSON array that names them, a bill of a fleet, or test
  /// results in one document, which tell the machines apart by their place.
  func write(_ subjects: [Subject]) throws(InputError) {
    if subjects.count == 1, let only = subjects.first { return try write(only.report) }
    if format == JSONReport.format { return try write(Self.array(subjects)) }
    if format == HBOMReport.format {
      var bytes: [UInt8] = []
      BillOfMaterials(ofFleet: subjects.map { HardwareHost($0.report) }).json.write(into: &bytes)
      return try write(bytes + [UInt8(ascii: "\n")])
    }
    if let form = Catalog.reports.first(where: { $0.format == format }) as? any ResultsRenderer.Type {
      var bytes: [UInt8] = []
      form.render(subjects.enumerated().map { TestResults($1.report, place: $0 + 1) }, into: &bytes)
      return try write(bytes)
    }
    let style = Presentation.style(forOutput: output)
    var page: [UInt8] = []
    for subject in subjects {
      if !page.isEmpty { page.append(UInt8(ascii: "\n")) }
      page += TextReport.heading("\(subject.name ?? "") (\(subject.format ?? ""))", style: style)
      page += draw(subject.report)
    }
    try write(page)
  }

  private static func array(_ subjects: [Subject]) -> [UInt8] {
    let machines = subjects.map { subject -> JSONValue in
      [
        "machine": .string(subject.name ?? ""), "format": .string(subject.format ?? ""),
        "report": JSONReport.document(subject.report),
      ]
    }
    var bytes: [UInt8] = []
    JSONValue.array(machines).write(into: &bytes)
    return bytes + [UInt8(ascii: "\n")]
  }
}
