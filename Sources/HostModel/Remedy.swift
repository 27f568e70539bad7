// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A reason's advice for one case: the address and the path filled in.
public struct Remedy: Sendable, Hashable {
  public let fixKind: FixKind
  public let fix: String
  /// The cheapest command that shows the cause, and later the cure, by hand.
  public let check: String
}

extension Reason {
  /// - Parameters:
  ///   - address: the PCI function it is about; `nil` leaves the word ADDRESS for the reader to fill in.
  ///   - citing: what the judgement rests on; a check of "the cited path" takes the first that has a command.
  public func remedy(at address: PCIAddress? = nil, citing: [Question] = []) -> Remedy {
    let fix = Self.filled(fix, address)
    guard check.hasSuffix(" PATH") else {
      return Remedy(fixKind: fixKind, fix: fix, check: Self.filled(check, address))
    }
    let command = citing.lazy.compactMap(\.command).first
    return Remedy(fixKind: fixKind, fix: fix, check: command ?? "see the evidence")
  }

  private static func filled(_ text: String, _ address: PCIAddress?) -> String {
    guard let address else { return text }
    let words = text.split(separator: "ADDRESS", omittingEmptySubsequences: false)
    return words.joined(separator: address.description)
  }
}
