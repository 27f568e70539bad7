// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Board
import Fleet
import Planning
import StrictJSON

extension HostPage {
  /// A host's last report, rung by rung.
  ///
  /// - Parameters:
  ///   - release: whose guests count as usable.
  ///   - proofs: what test guests have shown.
  ///   - history: of this host.
  init(_ report: CurrentReport, release: OpenStackRelease, proofs: Set<Proof>, history: [Span]) {
    let record = report.record
    self.init(
      provider: report.host.provider, region: report.host.region, host: report.host.name,
      hardwareClass: record.className, observedAt: report.observedAt)
    let facts = [
      ("kernel", "kernel.release"), ("firmware", "firmware.version"), ("microcode", "cpu.microcode"),
      ("QEMU", "qemu.version"), ("libvirt", "libvirt.version"),
    ]
    details = facts.compactMap { name, fact in record.text(fact).map { NamedValue(name, $0) } }
    if !report.signedBy.isEmpty { details.append(NamedValue("signed by", report.signedBy)) }
    self.history = history
    let document = try? JSONDocument(report.bytes)
    for capability in document?.root["capabilities"]?.elements?.map({ $0 }) ?? [] {
      guard let id = capability["id"]?.text, let state = record.capabilities[id]?.state else { continue }
      let isUsable = record.usableFrom(id).map { $0 <= release } ?? false
      let proof = Proof(provider: report.host.provider, hardwareClass: record.className, capability: id)
      ladders.append(
        Ladder(
          capability: id, state: state.rawValue, isUsable: isUsable,
          isProven: isUsable && proofs.contains(proof),
          rungs: capability["rungs"]?.elements?.map { Rung($0) } ?? []))
    }
  }
}

extension HostPage.Rung {
  init(_ rung: JSONElement) {
    let evidence = rung["evidence"]?.elements?.prefix(3).map { citation in
      "\(citation["ask"]?.text ?? "") = \(citation["raw"]?.text ?? "nothing")"
    }
    self.init(
      layer: rung["layer"]?.text ?? "", title: rung["title"]?.text ?? "",
      verdict: rung["verdict"]?.text ?? "unknown", because: rung["because"]?.text ?? "",
      evidence: evidence?.joined(separator: "; ") ?? "", fix: rung["fix"]?.text ?? "")
  }
}
