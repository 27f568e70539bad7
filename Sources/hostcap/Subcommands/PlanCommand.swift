// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Documents
import Exports
import HostModel
import LiveHost
import Planning
import Probing
import ReportText
import Tape

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Turn reports into what OpenStack takes: nova.conf, provider configurations, flavors.",
    discussion: """
      Reads hosts' reports and what the site decides, and writes, for the release that runs there, Nova's device_spec \
      and alias, each host's provider configuration, flavors, aggregates, and PLAN.md for the human who reviews it. Only \
      what a report calls ready is offered, and only what the site names; everything left out is listed with its cause.

      A REPORT is a host's report as JSON (its file's name is the host's), a folder of them, or a tape or dump, which is \
      judged first.

      EXAMPLES:
        hostcap plan --init > site.yaml
        hostcap plan --init reports/ > site.yaml    with what there is to choose
        hostcap plan reports/ --site site.yaml --out plan
      """)

  @Argument(help: "Reports, folders of reports, tapes or dumps.", completion: .file())
  var reports: [String] = []

  @Option(help: "What the site decides: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var site: String?

  @Option(help: "The folder to write to. What an earlier plan wrote there and this one does not is removed.")
  var out: String?

  @Flag(name: .customLong("init"), help: "Print a commented site file instead.")
  var isInit = false

  func validate() throws {
    guard !isInit else {
      if site != nil || out != nil {
        throw ValidationError("--init prints a site file; it takes no --site and no --out.")
      }
      return
    }
    if reports.isEmpty { throw ValidationError("Name the reports to plan from.") }
    if site == nil { throw ValidationError("Missing --site; hostcap plan --init prints one to start from.") }
    if out == nil { throw ValidationError("Missing --out, the folder to write to.") }
  }

  func run() throws {
    let hosts = try ReportFiles.hosts(at: reports)
    if isInit { return try OutputFile.write(Array(SiteTemplate.text(hosts).utf8), to: "-") }
    guard let site, let out else { return }
    let document = try Document(parsing: InputFile.read(site, limit: Document.sizeLimit), path: site)
    let decided = try Site(document)
    try Self.refuseDoubles(hosts, decided)
    let plan = Planner.plan(hosts, for: decided)
    let files = PlanFile.files(of: plan, version: HostReport.productVersion)
    try OutputFolder.write(files.map { ($0.path, Array($0.text.utf8)) }, to: out)
    try OutputFile.write(Self.summary(plan, out), to: "-")
  }

  /// Two hosts of one name in Nova would take each other's traits away.
  private static func refuseDoubles(_ hosts: [HostRecord], _ site: Site) throws(InputError) {
    var owners: [String: String] = [:]
    for host in hosts {
      let name = site.hosts[host.name]?.hypervisorHostname ?? host.name
      if let other = owners.updateValue(host.name, forKey: name) {
        throw InputError(host.name, "\(other) has the same hypervisor_hostname, \(name)")
      }
    }
  }

  private static func summary(_ plan: Plan, _ out: String) -> [UInt8] {
    let offering = plan.hosts.count { !$0.isEmpty }
    let devices = plan.hosts.reduce(0) { $0 + $1.offers.count }
    let leftOut = plan.leftOut.count + plan.hosts.reduce(0) { $0 + $1.leftOut.count }
    var outline = Outline(style: Presentation.style(forOutput: nil))
    outline.add(
      "\(plan.site.releaseName): \(offering) of \(plan.hosts.count) hosts offer something, \(devices) devices, "
        + "\(plan.flavors.count) flavors; \(leftOut) left out")
    for warning in plan.warnings { outline.add("! \(warning.subject): \(warning.because)", .caution) }
    outline.add("review \(out)/PLAN.md")
    return outline.output
  }
}
