// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A maker's published advisory, as far as it says which version of a processor's firmware fixes it.
///
/// The rows are classes: they are passed about, and the agent, which has them inside, is to stay small.
public final class Advisory: Decodable, Sendable {
  /// The maker's own: `AMD-SB-3005`, `INTEL-SA-00950`.
  public let id: String
  /// CPUID's: `AuthenticAMD`.
  let vendor: String
  public let cves: [String]
  /// One line, without a full stop.
  public let title: String
  let affected: [AffectedProcessor]
  /// Keys of the table's sources.
  let sources: [String]
  /// What an update brings along, or what stays open; `nil`: nothing.
  public let note: String?
  /// Only the system's firmware can bring the microcode; `nil`: an operating system can too.
  let biosOnly: Bool?
}

/// A line of processors that an advisory names.
final class AffectedProcessor: Decodable, Sendable {
  /// A name of the table's `processors`.
  let processor: String
  /// All have to hold. Empty: fixed versions are not known here, or there are none.
  let needs: [FirmwareNeed]
  /// The maker's release of platform code that a BIOS has to be built on. What a host runs it does not say.
  let bios: String?
  /// Why there is no fix and will be none; `nil`: there is one.
  let never: String?
}

/// A version that can be seen on a host, and from which on it is fixed.
final class FirmwareNeed: Decodable, Sendable {
  enum What: String, Decodable, Sendable {
    /// The revision of the running microcode.
    case microcode
    /// The SEV-SNP firmware's security version number, in the current TCB.
    case snpSVN
    /// Major, minor and build of the SEV firmware.
    case sevFirmware
    /// ALIAS_CHECK_COMPLETE.
    case aliasCheck
    /// Major, minor and update of the TDX module.
    case tdxModule
    /// What the kernel has to do besides, by the name it has below /sys/devices/system/cpu/vulnerabilities.
    case kernel
  }

  let what: What
  /// One for each sequence that a maker counts by itself. Microcode's lines are told by the upper digits.
  let atLeast: [String]?
  /// What is below is open; from here to `atLeast` it cannot be told. `nil`: everything below `atLeast` is open.
  let below: String?
}

/// Processors as makers group them, of one family.
final class ProcessorLine: Decodable, Sendable {
  let name, vendor: String
  let family: UInt64
  /// First and last.
  let models: [UInt64]

  func holds(family: UInt64, model: UInt64) -> Bool {
    family == self.family && models.count == 2 && model >= models[0] && model <= models[1]
  }
}

/// A document, and the day it was looked at.
public final class AdvisorySource: Decodable, Sendable {
  public let title, url, seen: String
}
