// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import ReportText

/// What `explain` was asked about.
enum Topic {
  case capability(Ladder)
  case rung(Ladder, Rung)
  case reason(Reason)
  case function(PCIAddress)
  /// None of these, and why.
  case nothing(String)

  init(_ word: String) {
    let ladders = Catalog.capabilities
    if let address = PCIAddress(word) {
      self = .function(address)
    } else if let ladder = ladders.first(where: { $0.id == word }) {
      self = .capability(ladder)
    } else if let reason = Reason.all.first(where: { $0.id == word }) {
      self = .reason(reason)
    } else {
      self = Self.rung(word, in: ladders)
    }
  }

  private static func rung(_ word: String, in ladders: [Ladder]) -> Topic {
    let parts = word.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let ladder = ladders.first(where: { $0.id == parts[0] }) else {
      let ids = ladders.map(\.id).joined(separator: ", ")
      if Catalog.deviceLadders.contains(where: { $0.id == parts.first.map(String.init) }) {
        return .nothing("\(word) is climbed for each device: name one by its PCI address")
      }
      return .nothing("no capability, rung, reason or PCI address \(word); capabilities are \(ids)")
    }
    guard let rung = ladder.rungs.first(where: { $0.id == parts[1] }) else {
      let ids = ladder.rungs.map(\.id).joined(separator: ", ")
      return .nothing("no rung \(parts[1]) in \(ladder.id); there are \(ids)")
    }
    return .rung(ladder, rung)
  }
}
