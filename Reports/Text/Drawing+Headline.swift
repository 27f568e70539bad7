// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension Drawing {
  /// Which machine, which kernel, where we stand and as whom we asked.
  mutating func headline() {
    let brand = fact("cpu.brand") ?? fact("cpu.vendor") ?? "processor not known"
    let codename = fact("cpu.codename").map { " (\($0))" } ?? ""
    page.line(Span(brand, .strong), Span(codename), hang: 2)
    let machine = [fact("machine.vendor"), fact("machine.product")].compactMap { $0 }.joined(separator: " ")
    let firmware = fact("firmware.version").map { "firmware \($0)" }
    let board = [machine.isEmpty ? nil : machine, firmware].compactMap { $0 }
    if !board.isEmpty { page.line(Span(board.joined(separator: " · ")), hang: 2) }
    var words = [fact("kernel.release").map { "kernel \($0)" } ?? "kernel not known", place]
    words += [privilege, observation].compactMap { $0 }
    page.line(Span(words.joined(separator: " · ")), hang: 2)
    switch report.environment.kind {
    case .bareMetal: break
    case .guest(let hypervisor):
      page.line(
        Span("This is a guest under \(hypervisor): host capabilities are not applicable here.", .open),
        hang: 2)
      let host = report.climbs.filter { $0.ladder.subject == .host }
      page.line(Span("notApplicable: " + host.map(\.ladder.id).joined(separator: ", ")), hang: 2)
    case .unknown(let because):
      page.line(Span("Nothing is judged missing here: \(because).", .open), hang: 2)
    }
    hidden()
  }

  /// How much a run with more privilege would show.
  private mutating func hidden() {
    let denied = Set(
      report.climbs.flatMap(\.steps).map(\.judgement)
        .filter { $0.verdict == .unknown && $0.reason == .sourceDenied }.flatMap { $0.citing.prefix(1) })
    guard !denied.isEmpty else { return }
    let answers = denied.count == 1 ? "1 answer was" : "\(denied.count) answers were"
    page.line(Span("\(answers) refused for lack of privilege: run as root to see more.", .open), hang: 2)
  }

  private func fact(_ id: String) -> String? {
    switch report.fact(id) {
    case .text(let text): text
    case .count(let count): "\(count)"
    case .flag, .list, nil: nil
    }
  }

  private var place: String {
    switch report.environment.kind {
    case .bareMetal: report.environment.isAssumed ? "bare metal by --assume-bare-metal" : "bare metal"
    case .guest(let hypervisor): "guest under \(hypervisor)"
    case .unknown: "machine or guest: not known"
    }
  }

  private var privilege: String? {
    report.privilege.map { privilege in
      let reader =
        privilege.effectiveUserID == 0 ? "read as root" : "read as user \(privilege.effectiveUserID)"
      guard let sandbox = privilege.sandbox else { return reader }
      let missing = Privilege.everyMeasure.filter { !sandbox.contains($0) }
      if sandbox.isEmpty { return "\(reader), in no sandbox" }
      return missing.isEmpty
        ? reader : "\(reader), in a sandbox without \(missing.joined(separator: " and "))"
    }
  }

  private var observation: String? {
    if let time = report.observedAt.flatMap({ UTCTime(secondsSince1970: $0) }) { return time.description }
    return report.origin.flatMap { $0 == .live ? nil : "from a \(Self.word($0))" }
  }

  private static func word(_ origin: Origin) -> String {
    switch origin {
    case .live: "run"
    case .mount: "mounted root"
    case .tree: "copy of files"
    case .cpuid: "CPUID dump"
    case .pci: "PCI dump"
    case .document: "document"
    }
  }
}
