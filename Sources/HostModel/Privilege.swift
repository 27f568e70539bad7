// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Who is asking: decides what "denied" can mean and what the report must say about itself.
public struct Privilege: Sendable, Hashable {
  public let effectiveUserID: UInt64
  /// CapEff as /proc/self/status prints it. Source: capabilities(7).
  public let effectiveCapabilities: UInt64
  /// What that process had given up before it read anything: those of `everyMeasure` that held. Empty: `--no-sandbox`, or a
  /// kernel that has none of them. `nil`: not known; hostcap before it had a sandbox.
  public let sandbox: [String]?

  /// Writing, running and more privilege, each made impossible in its own way. Source: prctl(2), PR_SET_NO_NEW_PRIVS;
  /// capabilities(7); landlock(7); seccomp(2).
  public static let everyMeasure = ["no_new_privs", "capabilities", "landlock", "seccomp"]

  /// Reads `euid N`, `cap_eff HEX` and, where it is there, `sandbox WORD,…` or `sandbox off`, a line each.
  public init?(_ bytes: ArraySlice<UInt8>) {
    var fields: [String: ArraySlice<UInt8>] = [:]
    for line in lines(bytes) {
      let parts = line.split(separator: UInt8(ascii: " "))
      guard parts.count == 2 else { return nil }
      fields[text(parts[0])] = parts[1]
    }
    guard let user = fields["euid"].flatMap(decimal), let set = fields["cap_eff"].flatMap(hexadecimal) else {
      return nil
    }
    (effectiveUserID, effectiveCapabilities) = (user, set)
    let measures = fields["sandbox"].map { Set($0.split(separator: UInt8(ascii: ",")).map(text)) }
    sandbox = measures.map { measures in Self.everyMeasure.filter(measures.contains) }
  }

  /// CAP_SYS_ADMIN, bit 21: the kernel hands a reader without it 64 bytes of configuration space.
  public var canReadConfigurationSpace: Bool { effectiveCapabilities.bit(21) }
  /// CAP_SYS_RAWIO, bit 17: needed to open /dev/cpu/N/msr.
  public var canReadMSR: Bool { effectiveCapabilities.bit(17) }
}
