// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Fleet
import Planning
import Tables

struct FleetSummaryCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "Say on how many hosts each capability stands where.")

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  func run() throws {
    try answer("summary") { store, scope in
      guard let query = Query.named("fleet"), let row = try store.answers([query], in: scope)[0].rows.first
      else {
        return []
      }
      let words = row.map(\.text)
      return [
        "\(words[2]) hosts of \(words[3]) classes, \(words[0]) providers, \(words[1]) regions; at \(scope.at)",
        "reports: \(words[4]) fresh, \(words[5]) older than 2 days, \(words[6]) older than 7 days and not counted",
        "usable: by OpenStack \(scope.release.id)", "",
      ]
    }
  }
}

struct FleetHostsCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "hosts", abstract: "List the hosts, with how many capabilities stand where.")

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  func run() throws { try answer("hosts", hiding: ["class", "kernel", "observed_at"]) }
}

struct FleetDevicesCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "devices", abstract: "Count the devices that can be handed to guests, by model.")

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  @Flag(help: "Virtual functions by the model of their physical one: total, active, assigned, free.")
  var vfs = false

  func run() throws { try answer(vfs ? "virtual_functions" : "devices", hiding: ["type", "not_applicable"]) }
}

struct FleetClassesCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "classes", abstract: "List the hardware classes: board, processor and cards.")

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  @Flag(help: "What each class has been seen doing.") var capabilities = false

  func run() throws { try answer(capabilities ? "class_capabilities" : "classes") }
}

struct FleetProblemsCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "problems",
    abstract: "Say what stops capabilities and devices, each cause with its fix, the most hosts first.")

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  @Flag(help: "What hosts remark beside that: findings, and sources that contradict each other.")
  var remarks = false

  func run() throws { try answer(remarks ? "remarks" : "problems") }
}

struct FleetDriftCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Compare two moments: what was gained, lost, is no longer known, is new.",
    discussion: """
      Before and after an update, or a release candidate, on the same hosts. Straight over reports, those of both moments \
      are needed.

      EXAMPLES:
        hostcap fleet drift --db fleet --since 2026-11-01
        hostcap fleet drift before/ after/ --since 2026-11-19T12:00:00Z --hosts
      """)

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  @Flag(help: "Each host and what stops it now.") var hosts = false

  func run() throws { try answer(hosts ? "changes" : "drift", hiding: ["region", "layer", "fix"]) }
}

struct FleetHistoryCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Say how the capabilities of a host went, in time.")

  @Argument(help: "The host's name; --provider and --region tell hosts of one name apart.") var host: String
  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  func validate() throws {
    if !Scope.isPlain(host) { throw ValidationError("\(host.debugDescription) can be no host's name.") }
  }

  func run() throws {
    var scope = scoping.scope
    scope.host = host
    try answer("history", of: scope, hiding: ["provider", "region", "host", "layer"])
  }
}

struct FleetGateCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Say of the hosts that are ready on how many the release starts such guests.")

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  func run() throws { try answer("gate") }
}

struct FleetRejectedCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "rejected", abstract: "List the inputs that were refused, and why.")

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  func run() throws { try answer("rejected") }
}
