// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence
internal import HostModel

// A host may have thousands of virtual functions of which only the address and the group differ: those are one form each,
// filled in. A form is checked against the first value that it is filled for, and not used if that comes out otherwise.
extension ReportDocument {
  /// An address and a group that no host has, where a form is blank.
  private static let nowhere = PCIAddress(domain: .max, bus: .max, device: 31, function: 7)
  private static let noGroup = Int.max
  private static let blanks = ["\(nowhere)", "\(noGroup)"]

  var functions: JSONValue {
    var forms = Forms<FunctionLikeness>()
    let choices = report.functions.map { function -> JSONForm? in
      guard function.physicalFunction != nil else { return nil }
      let likeness = FunctionLikeness(
        function: moved(function), details: details(of: function).moved(to: Self.nowhere))
      return forms.form(likeness) { likeness in
        JSONForm(
          self.function(likeness.function, likeness.details), blanks: Self.blanks, filling: words(function),
          gives: self.function(function))
      }
    }
    return .elements(
      JSONElements(count: choices.count) { index in
        let function = report.functions[index]
        return choices[index].map { .filling(JSONFilling($0, words(function))) } ?? self.function(function)
      })
  }

  private func moved(_ function: PCIFunction) -> PCIFunction {
    function.moved(to: Self.nowhere, group: function.iommuGroup.map { _ in Self.noGroup })
  }

  private func words(_ function: PCIFunction) -> [String] {
    [function.address.description, function.iommuGroup.map { "\($0)" } ?? ""]
  }

  var units: JSONValue {
    var forms = Forms<UnitLikeness>()
    let choices = report.units.map { unit -> JSONForm? in
      guard unit.members.count == 1, let address = unit.members.first else { return nil }
      return forms.form(likeness(unit, at: address)) { likeness in
        var elsewhere = report
        let seen = zip(likeness.unit.standing.citations, likeness.evidence)
        elsewhere.evidence = Dictionary(seen.compactMap { question, raw in raw.map { (question, $0) } }) {
          first, _ in
          first
        }
        return JSONForm(
          ReportDocument(report: elsewhere).unit(likeness.unit), blanks: Self.blanks,
          filling: ["\(address)", ""], gives: self.unit(unit))
      }
    }
    return .elements(
      JSONElements(count: choices.count) { index in
        let unit = report.units[index]
        guard let form = choices[index], let address = unit.members.first else { return self.unit(unit) }
        return .filling(JSONFilling(form, ["\(address)", ""]))
      })
  }

  private func likeness(_ unit: AssignableUnit, at address: PCIAddress) -> UnitLikeness {
    let (folder, other) = (PCIDevices.path(address) + "/", PCIDevices.path(Self.nowhere) + "/")
    func moved(_ path: String) -> String {
      path.utf8.starts(with: folder.utf8)
        ? other + Substring(path.utf8.dropFirst(folder.utf8.count)) : path
    }
    let standing = unit.standing.citing { question in
      switch question {
      case .file(let path): .file(moved(path))
      case .directory(let path): .directory(moved(path))
      case .link(let path): .link(moved(path))
      default: question
      }
    }
    return UnitLikeness(
      unit: AssignableUnit(members: [Self.nowhere], kind: unit.kind, standing: standing),
      evidence: unit.standing.citations.map { report.evidence[$0] })
  }
}

/// What a function's object is made of, with the address and the group of none.
private struct FunctionLikeness: Equatable {
  let function: PCIFunction
  let details: FunctionDetails
}

/// What a unit's object is made of, besides its address.
private struct UnitLikeness: Equatable {
  let unit: AssignableUnit
  let evidence: [String?]
}

/// The forms of the likenesses that were met last.
private struct Forms<Likeness: Equatable> {
  private var recent: [(likeness: Likeness, form: JSONForm?, isTried: Bool)] = []
  /// Functions of one physical function come in a row; some are the host's, others in VFIO's hands.
  private static var limit: Int { 4 }

  /// `nil`: the first of its likeness, of which there may be no other, or one whose form does not hold.
  mutating func form(_ likeness: Likeness, _ make: (Likeness) -> JSONForm?) -> JSONForm? {
    guard let index = recent.firstIndex(where: { $0.likeness == likeness }) else {
      if recent.count == Self.limit { recent.removeLast() }
      recent.insert((likeness, nil, false), at: 0)
      return nil
    }
    if !recent[index].isTried { (recent[index].form, recent[index].isTried) = (make(likeness), true) }
    return recent[index].form
  }
}
