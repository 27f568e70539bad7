// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// How many guests there is room for, and whether they could prove what they are. Both only advise.
extension IntelTDXProbe {
  /// A guest takes one key. The kernel counts them; without its count the register tells how many there are.
  /// `nil`: neither does. Source: kernel 7.2 arch/x86/kvm/vmx/tdx.c, __tdx_bringup(): capacity of the resource tdx.
  static func slots(_ host: any HostSource) -> GuestSlots? {
    let (total, used) = (host.miscCount("tdx", "capacity"), host.miscCount("tdx", "current"))
    let current = used.value.map { _ in [used.question] } ?? []
    if let count = total.value {
      return GuestSlots(total: count, used: used.value, citing: [total.question] + current)
    }
    let keys = privateKeys(host)
    // The module keeps one.
    guard let count = keys.value, count > 0 else { return nil }
    return GuestSlots(total: count - 1, used: used.value, citing: [keys.question] + current)
  }

  /// Being full is no fault of the host.
  static let capacity = Rung(
    "capacity", .capacity, "a key is free for one more guest",
    specification: "kernel 7.2 Documentation/admin-guide/cgroup-v2.rst, misc.capacity and misc.current, tdx",
    isAdvisory: true
  ) { host in
    let total = host.miscCount("tdx", "capacity")
    let judgement = total.judge("misc.capacity") { total in
      host.miscCount("tdx", "current").judge("misc.current") { used in
        total > used
          ? .pass("\(total - used) of \(total) free", citing: [])
          : .warn(.tdxKeysInUse, "all \(total) in use", citing: [])
      }
    }
    guard judgement.verdict == .unknown, total.value == nil, let slots = slots(host) else { return judgement }
    var counted = judgement.citing(also: slots.citing)
    counted.because += "; the BIOS gave keys for \(slots.total) guests"
    return counted
  }

  /// The link that enabling it makes; its name alone is asked for, not what else a host has enabled.
  private static let quotingUnit = "/etc/systemd/system/multi-user.target.wants/qgsd.service"

  /// Guests start without it; it signs the quotes with which they prove what they are. It may also run in a guest of its
  /// own, so that it is not enabled here is no more than worth knowing.
  static let quotingService = Rung(
    "quoting-service", .guestFirmware, "a quoting service is enabled for guests' attestation",
    specification: "Intel TDX Enabling Guide, Host OS Setup, Quote Generation Service: qgsd.service",
    isAdvisory: true
  ) { host in
    // Whatever the link leads to is the service's own file, or an alias with a name of its kind.
    let target = host.linkName(quotingUnit).flatMap { name in
      name.hasSuffix(".service") ? .value(name) : .unreadable("not a unit's name")
    }
    return target.judge(
      "qgsd.service", absent: .warn(.noQuotingService, "qgsd.service is not enabled", citing: [])
    ) { _ in .pass("qgsd.service is enabled", citing: []) }
  }
}
