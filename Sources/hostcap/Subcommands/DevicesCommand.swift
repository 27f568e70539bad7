// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import HostModel
import LiveHost
import Probing
import ReportJSON
import ReportText

struct DevicesCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "List what can be handed to guests, with one verdict, cause and fix each.",
    discussion: """
      One row a device: its address, NUMA node, IOMMU group and driver, its VFs as enabled/total, and whether a guest \
      can have it. ? is not known, - is none. Functions of a slot that share an IOMMU group are one device.

      EXAMPLES:
        hostcap devices
        hostcap devices --gpu --blocked host.tape
        hostcap devices --sriov --json captures/host.tar.xz
      """)

  @Argument(help: "A tape or a dump, instead of this host.", completion: .file())
  var file: String?

  @Flag(help: "Display controllers and accelerators only.") var gpu = false
  @Flag(help: "Physical and virtual functions only.") var sriov = false
  @Flag(help: "Only what, or whose VFs, something keeps from guests.") var blocked = false
  @Flag(help: "Print JSON.") var json = false

  @OptionGroup(title: "Probing") var probing: ProbeOptions

  var asksHost: Bool { file == nil }
  var outputs: [String] { [] }

  func run() throws {
    let subjects = try Subject.subjects(in: file, else: probing)
    var filter = Device.Filter()
    (filter.isGPU, filter.isSRIOV, filter.isBlocked) = (gpu, sriov, blocked)
    try OutputFile.write(json ? Self.json(subjects, filter) : Self.text(subjects, filter), to: "-")
  }

  private static func text(_ subjects: [Subject], _ filter: Device.Filter) -> [UInt8] {
    let style = Presentation.style(forOutput: nil)
    let names = Presentation.names(forOutput: nil)
    var page: [UInt8] = []
    for subject in subjects {
      if subjects.count > 1 { page += TextReport.heading(subject.name ?? "", style: style) }
      var table = DeviceTable(style: style, names: names)
      table.add(subject.report.devices(filter), of: subject.report)
      page += table.output
    }
    return page
  }

  /// Of one machine its devices; of several an object each that names it, as `judge` does.
  private static func json(_ subjects: [Subject], _ filter: Device.Filter) -> [UInt8] {
    let documents = subjects.map { DeviceDocument.document($0.report.devices(filter), of: $0.report) }
    var bytes: [UInt8] = []
    if documents.count == 1 {
      documents[0].write(into: &bytes)
    } else {
      let machines = zip(subjects, documents).map { subject, devices -> JSONValue in
        ["machine": .string(subject.name ?? ""), "devices": devices]
      }
      JSONValue.array(machines).write(into: &bytes)
    }
    return bytes + [UInt8(ascii: "\n")]
  }
}
