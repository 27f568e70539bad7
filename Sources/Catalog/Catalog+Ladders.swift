// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import ProbePassthrough
internal import ProbeSRIOV

extension Catalog {
  /// Every ladder that is climbed for the host as a whole: the capabilities.
  public static let capabilities: [Ladder] =
    probes.flatMap { $0.ladders }.filter { ladder in !deviceLadders.contains { $0.id == ladder.id } }

  /// The ladders that are climbed for each of many devices, as tables without one.
  public static let deviceLadders: [Ladder] = SRIOVProbe.ladders + PassthroughProbe.ladders

  /// The ladders of one function: passthrough, for what is handed out together with it, and SR-IOV if it has any.
  public static func ladders(
    for address: PCIAddress, in report: HostReport, on host: any HostSource
  ) -> [Ladder] {
    let unit = report.units.first { $0.members.contains(address) }
    var ladders = [PassthroughProbe.ladder(for: unit?.members ?? [address], on: host)]
    if report.physicalFunctions.contains(where: { $0.address == address }) {
      ladders.append(SRIOVProbe.ladder(for: address))
    }
    return ladders
  }
}
