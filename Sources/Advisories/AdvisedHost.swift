// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

/// What an advisory is held against: a host's facts, and whether they are the machine's own.
public struct AdvisedHost: Sendable, Hashable {
  public let facts: KnownFacts
  /// Why nothing of it can be told: a hypervisor can make up every version that a guest sees. `nil`: it is a machine.
  public let obstacle: String?

  public init(_ facts: KnownFacts, obstacle: String?) { (self.facts, self.obstacle) = (facts, obstacle) }

  public init(_ report: HostReport) {
    let obstacle: String? =
      switch report.environment.kind {
      case .bareMetal: report.environment.isAssumed ? Self.assumption : nil
      case .guest(let name): "a guest under \(name): what it sees may be made up"
      case .unknown(let why): why
      }
    self.init(KnownFacts(report), obstacle: obstacle)
  }

  /// An emulated machine's versions are the emulator's.
  public static let assumption = "that this is a machine is only assumed: what it shows may be made up"

  /// Every revision that a processor of the host runs; empty: not known. A fix counts where the oldest has it.
  var microcode: [UInt64] {
    let words = facts.list("cpu.microcode-revisions") ?? facts.text("cpu.microcode").map { [$0] } ?? []
    let revisions = words.compactMap { Self.hexadecimal($0) }
    return revisions.count == words.count ? revisions : []
  }

  /// `0xa0011ce`, as /proc/cpuinfo prints it. Zero is what a kernel prints that could not ask.
  static func hexadecimal(_ text: String) -> UInt64? {
    guard text.hasPrefix("0x"), let value = UInt64(text.dropFirst(2), radix: 16), value > 0 else {
      return nil
    }
    return value
  }
}
