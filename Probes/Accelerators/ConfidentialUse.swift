// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// What it takes for a confidential guest to have a GPU with the GPU's memory closed to the host.
///
/// The last rung is unknown by design: the mode stands in the GPU's own registers, and whoever maps them races with the
/// guest that has the GPU, or wakes it.
struct ConfidentialUse: Sendable {
  /// `nil` only in the table that `list` prints.
  let function: PCIFunction?
  let model: AcceleratorModel?

  init(_ function: PCIFunction?, model: AcceleratorModel?) { (self.function, self.model) = (function, model) }

  func ladder(in environment: Environment?) -> Ladder {
    Ladder(
      "pci.confidential", "a confidential guest can have the GPU",
      [environment?.rung ?? Environment.rung, physical, silicon, tdisp, Self.tsm, Self.hostTEE, ccMode])
  }

  private func rung(
    _ id: String, _ layer: Layer, _ title: String, _ specification: String, isGate: Bool = false,
    isAdvisory: Bool = false, judge: @escaping @Sendable (PCIFunction, any HostSource) -> Judgement
  ) -> Rung {
    let function = function
    return Rung(id, layer, title, specification: specification, isGate: isGate, isAdvisory: isAdvisory) {
      host in
      guard let function else { return .notApplicable("no GPU", citing: []) }
      return judge(function, host)
    }
  }

  /// A virtual function has its parent's ids and none of its capabilities.
  private var physical: Rung {
    rung(
      "whole-device", .cpu, "not a virtual function",
      "kernel Documentation/ABI/testing/sysfs-bus-pci, physfn", isGate: true
    ) { function, host in
      host.isVirtual(function.address).judge("physfn") { isVirtual in
        isVirtual
          ? .notApplicable("a virtual function: see its parent", citing: [])
          : .pass("not a virtual function", citing: [])
      }
    }
  }

  private var silicon: Rung {
    let model = model
    return rung(
      "silicon", .cpu, "the GPU has confidential computing",
      "NVIDIA gpu-admin-tools, ids of GH100, GB100, GB102, GB110, GB112 and GB202"
    ) { function, _ in
      let citing = [PCIDevices.file(function.address, "uevent")]
      guard let vendor = function.vendor, let device = function.device else {
        return .unknown(.sourceUnreadable, "vendor and device are not known", citing: citing)
      }
      let id = "\(digits(vendor, width: 4)):\(digits(device, width: 4))"
      let name = model.map { "\(id), \($0.name)" } ?? id
      switch function.isCCCapable(model) {
      case true?: return .pass("\(name), has it", citing: citing)
      case false?: return .fail(.noConfidentialSilicon, "\(name), is older", citing: citing)
      case nil: return .unknown(.deviceUnclassified, "\(name): nothing is known of it", citing: citing)
      }
    }
  }

  /// Hopper does without; the bits only tell which way a guest trusts the GPU.
  private var tdisp: Rung {
    rung(
      "tdisp", .cpu, "the GPU announces TEE-IO", "PCI Express Base Specification 6.0, 7.5.3.3, DevCap[30]",
      isAdvisory: true
    ) { function, host in
      host.teeIO(function.address).judge("TEE-IO") { isSet in
        let evidence = host.tdispEvidence(function.address)
        let others = [("IDE", evidence.ide), ("DOE", evidence.doe)].map { name, isThere in
          "\(name) \(isThere.map { $0 ? "there" : "not there" } ?? "not known")"
        }
        let words = "DevCap[30] = \(isSet ? 1 : 0), \(others.joined(separator: ", "))"
        return isSet ? .pass(words, citing: []) : .notApplicable(words, citing: [])
      }
    }
  }

  /// Since kernel 6.19. TDISP alone needs it.
  private static let tsm = Rung(
    "tsm", .kernel, "the kernel has a TSM",
    specification: "kernel Documentation/ABI/testing/sysfs-class-tsm", isAdvisory: true
  ) { host in
    let none = Judgement.notApplicable("no TSM in the kernel", citing: [])
    return host.names(in: "/sys/class/tsm").judge("/sys/class/tsm", absent: none) { names in
      names.isEmpty ? none : .pass("\(names[0])", citing: [])
    }
  }

  private static let hostTEE = Rung(
    "host-tee", .kvm, "the host runs SEV-SNP or TDX guests",
    specification: "kernel arch/x86/kvm/svm/sev.c, sev_snp; arch/x86/kvm/vmx/tdx.c, tdx"
  ) { host in
    let snp = host.flag("/sys/module/kvm_amd/parameters/sev_snp")
    let tdx = host.flag(KVMIntel.parameter("tdx"))
    for (name, reading) in [("kvm_amd.sev_snp", snp), ("kvm_intel.tdx", tdx)] where reading.value == true {
      return .pass("\(name) = Y", citing: [reading.question])
    }
    return host.processorVendor().judge("the processor's vendor") { vendor in
      let (name, reading): (String, Reading<Bool>)
      switch vendor {
      case "AuthenticAMD": (name, reading) = ("kvm_amd.sev_snp", snp)
      case "GenuineIntel": (name, reading) = ("kvm_intel.tdx", tdx)
      default: return .unknown(.sourceAbsent, "\(vendor): its confidential guests are not judged", citing: [])
      }
      return reading.judge(name, absent: .fail(.hostTEEOff, "\(name) is not there", citing: [])) { _ in
        .fail(.hostTEEOff, "\(name) = N", citing: [])
      }
    }
  }

  private var ccMode: Rung {
    let model = model
    return rung(
      "cc-mode", .scheduler, "the GPU's confidential-computing mode is on",
      "NVIDIA gpu-admin-tools, query_cc_mode_hopper() and query_cc_mode_blackwell()"
    ) { function, _ in
      let citing = [PCIDevices.file(function.address, "uevent")]
      guard let reason = function.ccModeReason(model) else {
        return .notApplicable("a mode of NVIDIA's GPUs from Hopper on", citing: citing)
      }
      return .unknown(reason, "the mode stands in registers that hostcap does not map", citing: citing)
    }
  }
}

extension PCIFunction {
  /// Whether the silicon can, by the table, else by id; `nil`: not known.
  func isCCCapable(_ model: AcceleratorModel?) -> Bool? {
    model?.isCCCapable ?? Self.isCCCapable(vendor: vendor, device: device)
  }

  /// Ids are handed out by chip. Source: NVIDIA gpu-admin-tools; below GH100's and between it and GB100's, pci.ids has
  /// Ampere, Ada Lovelace and older chips alone.
  static func isCCCapable(vendor: UInt16?, device: UInt16?) -> Bool? {
    guard vendor == 0x10de, let device else { return nil }
    switch device {
    case 0x22f0...0x237f, 0x2900...0x29ff, 0x2b80...0x2bff, 0x3180...0x327f: return true
    case ..<0x22f0, 0x2400..<0x2900: return false
    default: return nil
    }
  }

  /// Who can be asked for the mode; `nil`: there is none to ask for.
  func ccModeReason(_ model: AcceleratorModel?) -> Reason? {
    guard vendor == 0x10de, isGPU, isCCCapable(model) != false else { return nil }
    return driver == "nvidia" ? .ccModeOfDriver : .ccModeUnseen
  }
}
