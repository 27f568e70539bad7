// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// GPUs and other accelerators: what they are, how they can be shared out, and whether a confidential guest can have them.
public enum AcceleratorsProbe: Probe {
  public static let id = "accelerators"
  public static let summary =
    "GPUs, QAT, DSA, FPGAs, DPUs and the like: model, ways of sharing, confidential computing"
  /// For one GPU each; this is the table without a GPU.
  public static let ladders: [Ladder] = [ConfidentialUse(nil, model: nil).ladder(in: nil)]

  /// The rungs of one GPU; `nil`: there is none at `address`.
  public static func ladder(for address: PCIAddress, on host: any HostSource) -> Ladder? {
    guard let function = host.pciFunction(address), let candidate = Candidate(function, host) else {
      return nil
    }
    return ConfidentialUse(function, model: candidate.model).ladder(in: nil)
  }

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    let listing = host.pciFunctions()
    guard let functions = listing.value else { return result }
    let environment = Environment.observe(host)
    let known = Set(functions.map(\.address))
    var virtual: [PCIAddress: [PCIFunction]] = [:]
    var candidates: [Candidate] = []
    for function in functions {
      // A virtual function goes with its physical one.
      if let parent = function.physicalFunction, known.contains(parent) {
        virtual[parent, default: []].append(function)
      } else if let candidate = Candidate(function, host) {
        candidates.append(candidate)
      }
    }
    result.accelerators = candidates.map { candidate in
      let function = candidate.function
      var described = describe(candidate, virtual: virtual[function.address] ?? [], host)
      guard candidate.kind == .gpu else { return described }
      described.companions = functions.filter { $0.isCompanion(of: function) }.map(\.address)
      let use = ConfidentialUse(function, model: candidate.model)
      described.confidential =
        environment.isGuest
        ? .insideGuest : Standing(use.ladder(in: environment).climb(host, in: environment))
      return described
    }
    result.facts = facts(result.accelerators, functions, citing: [listing.question])
    result.findings = VariantDriver.findings(functions)
    return result
  }

  private static func describe(
    _ candidate: Candidate, virtual: [PCIFunction], _ host: any HostSource
  ) -> Accelerator {
    let function = candidate.function
    var accelerator = Accelerator(function.address, kind: candidate.kind)
    accelerator.model = candidate.model
    let isVirtual = host.isVirtual(function.address).value
    let vgpus = host.vgpus(of: function, virtual: candidate.kind == .gpu ? virtual : [])
    (accelerator.vgpuTypes, accelerator.virtualGPUs) = (vgpus.types, vgpus.functions)
    accelerator.sharing = host.sharing(of: candidate, isVirtual: isVirtual, virtual.count, vgpus)
    accelerator.novaDeviceType = host.novaDeviceType(function.address, isVirtual: isVirtual)
    if candidate.kind == .crypto || candidate.kind == .other, function.vendor == 0x8086 {
      accelerator.qatState = host.qatAttribute(function.address, "state")
      accelerator.qatServices = host.qatAttribute(function.address, "cfg_services")
    }
    accelerator.isCCCapable = function.isCCCapable(candidate.model)
    accelerator.tdisp = host.tdispEvidence(function.address)
    accelerator.ccModeCheck = function.ccModeReason(candidate.model).map {
      Advisor([]).remedy(for: $0, at: function.address).check
    }
    return accelerator
  }

  /// Counts. One that a function could change that does not say what it is, is left out.
  private static func facts(
    _ accelerators: [Accelerator], _ functions: [PCIFunction], citing: [Question]
  ) -> [Fact] {
    guard functions.allSatisfy({ $0.classCode != nil }) else { return [] }
    let gpus = accelerators.filter { $0.kind == .gpu }
    var counts = [
      "accelerators": accelerators.count,
      "accelerators.unclassified": accelerators.count { $0.model == nil },
      "gpu.count": gpus.count,
      "gpu.unclassified": gpus.count { $0.model == nil },
    ]
    if gpus.allSatisfy({ $0.isCCCapable != nil }) {
      counts["gpu.cc-capable"] = gpus.count { $0.isCCCapable == true }
    }
    for gpu in gpus {
      if let model = gpu.model { counts["gpu.count.\(slug(model.name))", default: 0] += 1 }
    }
    return counts.map { Fact($0, .count(UInt64($1)), citing: citing) }
  }

  /// `NVIDIA H200 SXM 141GB` as `nvidia-h200-sxm-141gb`.
  private static func slug(_ name: String) -> String {
    name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
  }
}
