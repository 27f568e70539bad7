// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// A reason's advice for one case: the address and the path filled in.
public struct Remedy: Sendable, Hashable {
  public internal(set) var fixKind: FixKind
  public internal(set) var fix: String
  /// The cheapest command that shows the cause, and later the cure, by hand.
  public internal(set) var check: String
  /// The kernel's command line once the fix is done; `nil`: the fix is elsewhere, or the line is not known.
  public internal(set) var commandLine: String?
}

extension Reason {
  /// As for any host; `Advisor` words it for one.
  func remedy(at address: PCIAddress? = nil, citing: [Question] = []) -> Remedy {
    let fix = Self.filled(fix, address)
    guard check.hasSuffix(" PATH") else {
      return Remedy(fixKind: fixKind, fix: fix, check: Self.filled(check, address))
    }
    let command = citing.lazy.compactMap(\.command).first
    return Remedy(fixKind: fixKind, fix: fix, check: command ?? "see the evidence")
  }

  private static func filled(_ text: String, _ address: PCIAddress?) -> String {
    guard let address else { return text }
    let (bytes, blank) = (text.utf8, "ADDRESS".utf8)
    var filled: [UInt8] = []
    var rest = bytes[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "A")) {
      let isBlank = rest[start...].starts(with: blank)
      filled += rest[..<start]
      filled += isBlank ? Array(address.description.utf8) : [UInt8(ascii: "A")]
      rest = rest[rest.index(start, offsetBy: isBlank ? blank.count : 1)...]
    }
    filled += rest
    return String(decoding: filled, as: UTF8.self)
  }
}
