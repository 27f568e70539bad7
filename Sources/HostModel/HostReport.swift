// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Everything hostcap says about one host. A pure function of the answers it rests on.
public struct HostReport: Sendable {
  /// SchemaVer MODEL.REVISION.ADDITION, apart from the release number.
  public static let schemaVersion = "1.0.0"
  public static let productVersion = "0.1.0"

  public var origin: Origin?
  /// Seconds since 1970; `nil`: the dump does not say when it was taken.
  public var observedAt: UInt64?
  /// Effective user id and capabilities of the run; `nil`: not a run of ours.
  public var privilege: Privilege?
  public var environment: Environment
  public var climbs: [Climb] = []
  public var facts: [Fact] = []
  public var contradictions: [Contradiction] = []
  public var findings: [Finding] = []
  public var functions: [PCIFunction] = []
  /// By address.
  public var functionDetails: [FunctionDetails] = []
  public var physicalFunctions: [PhysicalFunction] = []
  public var units: [AssignableUnit] = []
  public var accelerators: [Accelerator] = []
  /// The raw answer behind every question that a judgement cites, short enough to print.
  public var evidence: [Question: String] = [:]
  /// Words fixes for this host.
  public private(set) var advisor: Advisor

  /// Lets every probe examine `host`, then writes down what each citation saw.
  ///
  /// - Parameter host: one that answers the same question the same way twice: a tape or a recorder.
  public init(_ host: any HostSource, probes: [any Probe.Type]) {
    let host = PCISurvey(host)
    origin = host.origin().value
    observedAt = host.read(.clock, as: decimal).value
    privilege = host.read(.privilege, as: Privilege.init).value
    environment = Environment.observe(host)
    advisor = Advisor([])
    for probe in probes {
      let result = probe.examine(host)
      climbs += result.climbs
      facts += result.facts
      contradictions += result.contradictions
      findings += result.findings
      functions += result.functions
      functionDetails += result.functionDetails
      physicalFunctions += result.physicalFunctions
      units += result.units
      accelerators += result.accelerators
    }
    facts.sort { $0.id < $1.id }
    advisor = Advisor(facts)
    functions.sort { $0.address < $1.address }
    functionDetails.sort { $0.address < $1.address }
    physicalFunctions.sort { $0.address < $1.address }
    accelerators.sort { $0.address < $1.address }
    for question in citations { evidence[question] = host.ask(question).summary(of: question) }
  }

  /// Every question somebody cites.
  private var citations: Set<Question> {
    var all = Set(environment.citing)
    for climb in climbs {
      for step in climb.steps { all.formUnion(step.judgement.citing) }
    }
    func cite(_ standing: Standing) {
      for remark in standing.remarks { all.formUnion(remark.judgement.citing) }
    }
    for unit in units { cite(unit.standing) }
    for function in physicalFunctions { cite(function.standing) }
    for accelerator in accelerators { accelerator.confidential.map(cite) }
    for fact in facts { all.formUnion(fact.citing) }
    for contradiction in contradictions { all.formUnion(contradiction.citing) }
    for finding in findings { all.formUnion(finding.citing) }
    return all
  }

  /// What else is known of a function; `nil`: nobody looked.
  public func details(of address: PCIAddress) -> FunctionDetails? {
    var (low, high) = (0, functionDetails.count)
    while low < high {
      let middle = (low + high) / 2
      if functionDetails[middle].address < address { low = middle + 1 } else { high = middle }
    }
    return low < functionDetails.count && functionDetails[low].address == address
      ? functionDetails[low] : nil
  }

  public func climb(_ id: String) -> Climb? { climbs.first { $0.ladder.id == id } }
  public func fact(_ id: String) -> Fact.Value? { facts.first { $0.id == id }?.value }
}
