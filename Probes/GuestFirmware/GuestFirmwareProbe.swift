// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Virtualization

/// The firmware that guests can be given, as its descriptors tell.
public enum GuestFirmwareProbe: Probe {
  public static let id = "guest-firmware"
  public static let summary = "firmware descriptors for guests on q35"
  public static let ladders: [Ladder] = []

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    let features = host.guestFirmwareFeatures()
    if let names = features.value {
      result.facts.append(Fact("guest-firmware.features", .list(names), citing: [features.question]))
    }
    return result
  }
}
