// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Where a host stands with an advisory.
public enum AdvisoryState: String, Sendable, CaseIterable {
  case affected, fixed, unknown
  /// The advisory is about other processors.
  case notAffected
}

/// One advisory on one host: the state, what it rests on, and what to do.
public final class AdvisoryStanding: Sendable {
  public let advisory: Advisory
  public let state: AdvisoryState
  /// What was seen, or why it was not.
  public let because: String
  /// Instructions; `nil`: nothing is to be done.
  public let next: String?
  /// What the state was told by; empty: nothing was compared.
  let seen: [FirmwareNeed.What]

  /// Never `fixed` unless everything that the fix needs was seen on the machine itself.
  init(_ advisory: Advisory, on host: AdvisedHost, processors: [ProcessorLine]) {
    self.advisory = advisory
    func standing(
      _ state: AdvisoryState, _ because: String, next: String? = nil, seen: [FirmwareNeed.What] = []
    ) -> (AdvisoryState, String, String?, [FirmwareNeed.What]) { (state, because, next, seen) }
    (state, because, next, seen) = {
      if let obstacle = host.obstacle { return standing(.unknown, obstacle) }
      guard let vendor = host.facts.text("cpu.vendor") else {
        return standing(.unknown, "the processor's maker is not known")
      }
      guard vendor == advisory.vendor else { return standing(.notAffected, "a processor of \(vendor)") }
      guard let family = host.facts.count("cpu.family"), let model = host.facts.count("cpu.model") else {
        return standing(.unknown, "the processor's family and model are not known")
      }
      let line = processors.first { $0.vendor == vendor && $0.holds(family: family, model: model) }
      guard let line else {
        return standing(
          .unknown, "no server processor that the table holds: family \(family), model \(model)")
      }
      guard let affected = advisory.affected.first(where: { $0.processor == line.name }) else {
        return standing(.notAffected, "\(line.name) is not among the processors that it names")
      }
      let next = affected.next(advisory)
      if let never = affected.never { return standing(.affected, "\(line.name), and \(never)") }
      guard !affected.needs.isEmpty else {
        let built = affected.bios.map { ": it is fixed by a BIOS that is built on \($0) or newer" } ?? ""
        return standing(
          .unknown, "which version fixes it can be told by the maker of the board only\(built)", next: next)
      }
      let findings = affected.needs.map { $0.finding(on: host) }
      let whats = affected.needs.map(\.what)
      if let open = findings.first(where: { $0.state == .affected }) {
        return standing(.affected, open.because, next: next, seen: whats)
      }
      if let unseen = findings.first(where: { $0.state == .unknown }) {
        return standing(.unknown, unseen.because, next: next, seen: whats)
      }
      return standing(.fixed, findings.map(\.because).joined(separator: ", "), seen: whats)
    }()
  }
}

extension AffectedProcessor {
  /// Versions first, then ways to get them, then what comes along.
  func next(_ advisory: Advisory) -> String? {
    guard never == nil else { return nil }
    let wanted = needs.compactMap(\.instruction)
    let platform =
      bios.map { "a BIOS built on \($0) or newer" } ?? "a BIOS of the board's maker that names \(advisory.id)"
    var text = "update to " + (wanted.isEmpty ? platform : wanted.joined(separator: " and ")) + ". "
    let isMicrocode = needs.contains { $0.what == .microcode }
    let isFirmware = needs.contains { [.snpSVN, .sevFirmware, .aliasCheck].contains($0.what) }
    if !wanted.isEmpty {
      var ways = [platform]
      if isMicrocode, advisory.biosOnly != true {
        ways.append(
          "the distribution's package of microcode (amd64-microcode, intel-microcode, linux-firmware)")
      }
      if isFirmware { ways.append("for the SEV firmware linux-firmware's amd/amd_sev_*.sbin") }
      if needs.contains(where: { $0.what == .tdxModule }) {
        ways.append("a newer TDX module where the board's loads one from disk")
      }
      text += "From: \(ways.joined(separator: ", or ")); then reboot. "
    }
    return text + (advisory.note ?? "")
  }
}

extension AdvisoryStanding {
  /// Firmware whose versions are compared.
  public enum Firmware: Sendable, Hashable { case microcode, secureProcessor, tdxModule }

  /// Of what the state was told by; empty: nothing was compared.
  public var firmware: [Firmware] {
    var found: [Firmware] = []
    for what in seen where what != .kernel {
      let one: Firmware =
        switch what {
        case .microcode, .kernel: .microcode
        case .snpSVN, .sevFirmware, .aliasCheck: .secureProcessor
        case .tdxModule: .tdxModule
        }
      if !found.contains(one) { found.append(one) }
    }
    return found
  }
}
