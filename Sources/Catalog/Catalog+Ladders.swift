// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import ProbeAccelerators
internal import ProbePassthrough
internal import ProbeSRIOV

extension Catalog {
  /// Every ladder that is climbed for the host as a whole, or for the guest: the capabilities.
  public static let capabilities: [Ladder] =
    probes.flatMap { $0.ladders }.filter { ladder in !deviceLadders.contains { $0.id == ladder.id } }

  /// The capabilities that are a guest's and no host's.
  public static let guestLadders: [Ladder] = capabilities.filter { $0.subject == .guest }

  /// The ladders that are climbed for each of many devices, as tables without one.
  public static let deviceLadders: [Ladder] =
    SRIOVProbe.ladders + PassthroughProbe.ladders + AcceleratorsProbe.ladders

  /// The ladders of one function: passthrough, for what is handed out together with it, SR-IOV if it has any, and for
  /// a GPU the way into a confidential guest.
  public static func ladders(
    for address: PCIAddress, in report: HostReport, on host: any HostSource
  ) -> [Ladder] {
    let unit = report.units.first { $0.members.contains(address) }
    var ladders = [PassthroughProbe.ladder(for: unit?.members ?? [address], on: host)]
    if report.physicalFunctions.contains(where: { $0.address == address }) {
      ladders.append(SRIOVProbe.ladder(for: address))
    }
    if report.accelerators.contains(where: { $0.address == address && $0.confidential != nil }) {
      ladders += AcceleratorsProbe.ladder(for: address, on: host).map { [$0] } ?? []
    }
    return ladders
  }
}
