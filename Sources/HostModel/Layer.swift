// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Where on the way from the machine to a scheduled guest a rung stands, lowest first.
public enum Layer: String, Sendable, CaseIterable, Comparable {
  case environment, cpu, firmware, psp, kernel, kvm, qemu, libvirt, guestFirmware, capacity, scheduler

  public static func < (a: Layer, b: Layer) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
