// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

public enum AMDSEVProbe: Probe {
  public static let id = "amd-sev"
  public static let summary = ""
  public static let ladders: [Ladder] = []

  public static func examine(_ host: any HostSource) -> ProbeResult { ProbeResult() }
}
