// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// One file of the misc cgroup controller: how many of each kind of ASID there are, or are charged.
///
/// Lines `name value`; a resource with capacity 0 is not printed, so a name that is missing counts 0 there.
/// Source: kernel Documentation/admin-guide/cgroup-v2.rst, "Misc"; arch/x86/kvm/svm/sev.c charges SEV-SNP to `sev_es`.
struct MiscResources: Sendable, Hashable {
  let counts: [String: UInt64]

  /// Whole words: `sev` is a prefix of `sev_es`. `nil`: a line of another form, or no line, as before kvm_amd loads.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard !bytes.isEmpty else { return nil }
    var counts: [String: UInt64] = [:]
    for line in lines(bytes) {
      let words = line.split(separator: 0x20)
      guard words.count == 2, let count = decimal(words[1]) else { return nil }
      counts[text(words[0])] = count
    }
    self.counts = counts
  }
}

extension HostSource {
  /// `capacity` or `current` of the root cgroup, version 2 or 1. Absent: no misc controller (kernel before 5.13), or a
  /// cgroup namespace hides it.
  func miscResources(_ name: String) -> Reading<MiscResources> {
    let unified = read(.file("/sys/fs/cgroup/misc.\(name)"), as: MiscResources.init)
    guard unified.isAbsent else { return unified }
    let legacy = read(.file("/sys/fs/cgroup/misc/misc.\(name)"), as: MiscResources.init)
    return legacy.value == nil ? unified : legacy
  }
}
