// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// Physical functions, their virtual ones, and why there are not more.
public enum SRIOVProbe: Probe {
  public static let id = "sriov"
  public static let summary =
    "SR-IOV: physical and virtual functions, totals, and the five ways in which VFs fail"
  /// For one function each; this is the table without a function.
  public static let ladders: [Ladder] = [ladder(for: PCIAddress(bus: 0, device: 0, function: 0), in: nil)]

  /// The rungs of one physical function.
  public static func ladder(for address: PCIAddress) -> Ladder { ladder(for: address, in: nil) }

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    guard let functions = host.pciFunctions().value else { return result }
    let environment = Environment.observe(host)
    let virtual = Dictionary(grouping: functions.filter { $0.physicalFunction != nil }) {
      $0.physicalFunction
    }
    for function in functions
    where virtual[function.address] != nil || host.isPhysicalFunction(function) == true {
      let standing =
        environment.isGuest
        ? .insideGuest
        : Standing(ladder(for: function.address, in: environment).climb(host, in: environment))
      let children = virtual[function.address] ?? []
      let described = host.describePhysicalFunction(function, virtual: children, standing: standing)
      result.physicalFunctions.append(described)
      result.findings += findings(host, described)
      result.contradictions += contradictions(host, described)
    }
    result.facts = facts(result.physicalFunctions)
    return result
  }

  /// Sums over all physical functions. One that is not known leaves its sum out.
  private static func facts(_ functions: [PhysicalFunction]) -> [Fact] {
    let listing = Question.directory(PCIDevices.directory)
    var facts = [Fact("pci.physical-functions", .count(UInt64(functions.count)), citing: [listing])]
    func sum(_ id: String, _ file: String, _ value: (PhysicalFunction) -> Int?) {
      let known = functions.compactMap(value)
      guard known.count == functions.count else { return }
      let files = functions.prefix(8).map { PCIDevices.file($0.address, file) }
      facts.append(Fact(id, .count(UInt64(known.reduce(0, +))), citing: files.isEmpty ? [listing] : files))
    }
    sum("sriov.total-vfs", "sriov_totalvfs") { $0.totalVFs }
    sum("sriov.active-vfs", "sriov_numvfs") { $0.activeVFs }
    sum("sriov.free-vfs", "sriov_totalvfs", free)
    sum("sriov.assigned-vfs", "sriov_numvfs") { $0.assignedVFs }
    return facts
  }

  /// VFs of a function that something stops are not to be had.
  private static func free(_ function: PhysicalFunction) -> Int? {
    switch function.standing.state {
    case .ready: function.freeVFs
    case .blocked, .absent: 0
    case .unknown, .notApplicable: nil
    }
  }

  /// Drivers may keep VFs back; ixgbe does with one. The rest can be had, so that no rung needs this.
  private static func findings(_ host: any HostSource, _ function: PhysicalFunction) -> [Finding] {
    let total = host.sriovNumber(function.address, "sriov_totalvfs")
    let register = host.sriovCapability(function.address)
    guard let offered = total.value, offered > 0, let limit = register.value?.totalVFs, offered < Int(limit)
    else {
      return []
    }
    return [
      Finding(
        .sriovCappedByDriver, subject: "\(function.address)",
        "sriov_totalvfs = \(offered), register TotalVFs = \(limit)",
        citing: [total.question, register.question])
    ]
  }

  private static func contradictions(_ host: any HostSource, _ function: PhysicalFunction) -> [Contradiction]
  {
    guard let active = function.activeVFs, let total = function.totalVFs, active > total else { return [] }
    return [
      Contradiction(
        "sriov.more-active-than-total",
        "\(function.address): \(active) VFs are enabled of \(total), one source is wrong",
        citing: [
          PCIDevices.file(function.address, "sriov_numvfs"),
          PCIDevices.file(function.address, "sriov_totalvfs"),
        ])
    ]
  }
}
