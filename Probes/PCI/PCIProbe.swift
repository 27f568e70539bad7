// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// Every PCI function of the host, by numbers; names are for reports that print them for people.
public enum PCIProbe: Probe {
  public static let id = "pci"
  public static let summary =
    "every PCI function: identity, place, driver, IOMMU group, link, registers, capabilities"
  public static let ladders: [Ladder] = []

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    let listing = host.pciFunctions()
    guard let functions = listing.value else { return result }
    result.functions = functions
    var survey = DetailSurvey(functions, host)
    result.functionDetails = survey.details()
    let counts = [
      "pci.functions": functions.count,
      "pci.gpus": functions.filter(\.isGPU).count,
      "pci.virtual-functions": functions.filter { host.isVirtualFunction($0.address).value == true }.count,
    ]
    result.facts = counts.map { Fact($0, .count(UInt64($1)), citing: [listing.question]) }
    return result
  }
}
