// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel
internal import Virtualization

/// What the ultravisor has room for, and where libvirt's word and the kernel's do not go together.
extension SecureExecutionProbe {
  /// Source: kernel arch/s390/kernel/uv.c, uv_query_max_guest_vms_show() and its neighbours. Decimal.
  private static func query(_ name: String, _ host: any HostSource) -> Reading<UInt64> {
    host.read(.file("\(folder)/query/\(name)"), as: decimal)
  }

  /// How many guests run nobody counts, so this says no more than that there may be any.
  static let capacity = Rung(
    "capacity", .capacity, "the ultravisor has room for guests",
    specification: "kernel arch/s390/kernel/uv.c: /sys/firmware/uv/query/max_guests", isAdvisory: true
  ) { host in
    query("max_guests", host).judge("max_guests") { count in
      count > 0
        ? .pass("\(count) guests at most", citing: [])
        : .unknown(.sourceUnreadable, "max_guests = 0", citing: [])
    }
  }

  static func facts(_ host: any HostSource) -> [Fact] {
    let (guests, processors) = (query("max_guests", host), query("max_cpus", host))
    let slots = guests.value.map { GuestSlots(total: $0, used: nil, citing: [guests.question]) }
    let count = processors.value.map {
      Fact("ibm.secure-execution.max-cpus", .count($0), citing: [processors.question])
    }
    return (slots?.facts("ibm.secure-execution") ?? []) + (count.map { [$0] } ?? [])
  }

  /// Source for what libvirt looks at: libvirt 11.3 src/qemu/qemu_capabilities.c, on s390 the folder and the command line.
  static func contradictions(_ host: any HostSource) -> [Contradiction] {
    guard !Environment.observe(host).isGuest else { return [] }
    let (offer, on) = (host.libvirtOffer(), isHost(host))
    return Contradiction.found([
      (
        "libvirt.s390-pv-listed-host-off",
        offer.value?.guests.contains(.secureExecution) == true && on.value == false,
        "libvirt offers s390-pv but prot_virt_host = 0: libvirt looks at \(folder) and the command line only, and the kernel gave up after those, so no protected guest starts",
        [offer.question, on.question]
      )
    ])
  }
}
