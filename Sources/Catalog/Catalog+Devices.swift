// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import ProbePassthrough
internal import ProbeSRIOV

extension Catalog {
  /// The ladders that are climbed for one PCI function.
  public static func ladders(for address: PCIAddress) -> [Ladder] {
    []
  }
}
