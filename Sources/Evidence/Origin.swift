// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a source's answers are made of. It decides which silence means something.
///
/// Text form: the raw value and a newline, as `Question.origin` answers.
public enum Origin: String, Hashable, Sendable, CaseIterable {
  /// The machine the program runs on, or a tape recorded there: what was not there is absent.
  case live
  /// Another host's mounted root, asked through its own kernel's /proc and /sys.
  case mount
  /// A copy of some of a host's files; what is not in it is withheld.
  case tree
  /// CPUID registers, and nothing else, read on a machine.
  case cpuid
  /// PCI functions, and nothing else.
  case pci
  /// Another program's words about a host: libvirt's XML, /proc/cpuinfo, lscpu.
  case document
}

extension HostSource {
  public func origin() -> Reading<Origin> {
    read(.origin) { Origin(rawValue: text($0)) }
  }
}
