// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Advisories
import HardwareBOM
import HostModel
import Planning

extension AdvisedHost {
  /// From a report that was read back. One that is too old says how the host was, and firmware may have changed either way.
  init(_ record: HostRecord) {
    let obstacle: String? =
      if record.isExpired {
        "the last report, of \(record.observedAt ?? "no known time"), is too old to count"
      } else {
        switch record.environment {
        case "bareMetal": record.isAssumed ? Self.assumption : nil
        case "guest": "a guest: what it sees may be made up"
        default: "whether it is a machine or a guest is not known"
        }
      }
    self.init(
      KnownFacts(
        record.facts.compactMapValues { fact in
          switch fact {
          case .flag(let flag): .flag(flag)
          case .count(let count): UInt64(exactly: count).map { .count($0) }
          case .text(let text): .text(text)
          case .list(let list): .list(list)
          }
        }), obstacle: obstacle)
  }
}

extension HardwareHost {
  init(_ record: HostRecord) {
    self.init(
      name: record.label, observedAt: record.observedAt, advised: AdvisedHost(record),
      functions: Dictionary(
        record.cards.map { card, count in
          (
            HardwareFunction(
              vendor: card.vendor, device: card.device, subsystemVendor: card.subsystemVendor,
              subsystemDevice: card.subsystemDevice, classCode: card.classCode, driver: card.driver,
              name: card.name), count
          )
        }, uniquingKeysWith: +))
  }
}
