// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// What a guest sees of itself: whether its memory is encrypted, and whether it has a GPU and an SR-IOV virtual function.
///
/// It is no attestation. Who runs the guest can show it what he likes: CPUID, an MSR, a log and devices are as he gives
/// them to a guest that is not protected. Only a report that the processor signs, checked elsewhere, proves protection.
/// On a machine the probe says nothing.
public enum GuestProbe: Probe {
  public static let id = "guest"
  public static let summary =
    "inside a guest: SEV, SEV-ES, SEV-SNP or TDX, a GPU, a VF; no attestation"
  public static let ladders = [
    sevLadder(.sev, []), sevLadder(.sevES, []), sevLadder(.sevSNP, [snpDevice, snpReports]),
    Ladder(
      "guest.intel.tdx", "this guest is a TDX trust domain", about: .guest,
      [Environment.guestRung, .intelProcessor, tdxLeaf, tdxKernel, tdxReports]),
    deviceLadder("guest.gpu", "this guest has a GPU", SoughtDevice.gpu),
    deviceLadder("guest.sriov-vf", "this guest has an SR-IOV virtual function of a network card", .networkVF),
  ]

  private static func sevLadder(_ protection: Protection, _ more: [Rung]) -> Ladder {
    Ladder(
      "guest.\(protection.capability)", "this guest's memory is protected by \(protection.title)",
      about: .guest, [Environment.guestRung, .amdProcessor, sevLeaf(protection), status(protection)] + more)
  }

  private static func deviceLadder(_ id: String, _ title: String, _ sought: SoughtDevice) -> Ladder {
    Ladder(id, title, about: .guest, [Environment.guestRung, device(sought), driver(sought)])
  }

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    let environment = Environment.observe(host)
    if case .bareMetal = environment.kind { return result }
    result.climbs = ladders.map { $0.climb(host, in: environment) }
    if environment.isGuest { result.contradictions = contradictions(host) }
    return result
  }
}
