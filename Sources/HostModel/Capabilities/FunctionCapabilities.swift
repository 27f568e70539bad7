// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A function's capabilities, as its configuration space shows them.
///
/// The Device Serial Number is left out: it names the one card.
public final class FunctionCapabilities: Sendable, Equatable {
  public let express: Decoded<ExpressCapability>
  public let acs: Decoded<ACSCapability>
  public let ari: Decoded<ARICapability>
  public let ats: Decoded<ATSCapability>
  public let pri: Decoded<PRICapability>
  public let pasid: Decoded<PASIDCapability>
  /// A BAR of the function itself each.
  public let resizableBARs: Decoded<[ResizableBAR]>
  /// A BAR of all its VFs each.
  public let vfResizableBARs: Decoded<[ResizableBAR]>
  public let doe: Decoded<[DOECapability]>
  public let ide: Decoded<IDECapability>
  public let dvsec: Decoded<[DVSECapability]>
  private let advancedFeatures: Decoded<AdvancedFeaturesCapability>

  /// `nil`: nobody answered.
  public init?(_ space: ConfigSpace) {
    if space.isAllOnes { return nil }
    let standard = space.capabilities, extended = space.extendedCapabilities
    // Capability IDs. Source: PCI Code and ID Assignment 1.16, 2 and 3.
    express = space.decode(0x10, on: standard, as: ExpressCapability.self)
    advancedFeatures = space.decode(0x13, on: standard, as: AdvancedFeaturesCapability.self)
    acs = space.decode(0x000d, on: extended, as: ACSCapability.self)
    ari = space.decode(0x000e, on: extended, as: ARICapability.self)
    ats = space.decode(0x000f, on: extended, as: ATSCapability.self)
    pri = space.decode(0x0013, on: extended, as: PRICapability.self)
    pasid = space.decode(0x001b, on: extended, as: PASIDCapability.self)
    resizableBARs = space.resizableBARs(0x0015, on: extended)
    vfResizableBARs = space.resizableBARs(0x0024, on: extended)
    doe = space.decodeAll(0x002e, on: extended, as: DOECapability.self)
    ide = space.decode(0x0030, on: extended, as: IDECapability.self)
    dvsec = space.decodeAll(0x0023, on: extended, as: DVSECapability.self)
  }

  /// Of one reading: what two readings found is not compared.
  public static func == (a: FunctionCapabilities, b: FunctionCapabilities) -> Bool { a === b }

  /// Whether the function says that it can be reset alone, by either capability; `nil`: not known.
  public var canFunctionLevelReset: Bool? {
    let answers = [
      express.isPresent == false ? false : express.value?.canFunctionLevelReset,
      advancedFeatures.isPresent == false ? false : advancedFeatures.value?.canFunctionLevelReset,
    ]
    if answers.contains(true) { return true }
    return answers.contains(nil) ? nil : false
  }

  /// Whether it says that it can be part of a confidential guest; `nil`: not known. Conventional PCI cannot.
  public var isTEEIOSupported: Bool? {
    express.isPresent == false ? false : express.value?.isTEEIOSupported
  }
}

extension ConfigSpace {
  fileprivate func resizableBARs(_ id: UInt16, on list: CapabilityList) -> Decoded<[ResizableBAR]> {
    switch decode(id, on: list, as: ResizableBARCapability.self) {
    case .value(let capability): .value(capability.bars)
    case .absent: .absent
    case .unknown(let why): .unknown(why)
    }
  }
}

extension HostSource {
  /// A function's capabilities. Reading them wakes a suspended function, where the source allows that.
  public func functionCapabilities(_ address: PCIAddress) -> Reading<FunctionCapabilities> {
    configSpace(address).flatMap { space in
      FunctionCapabilities(space).map(Reading.Outcome.value)
        ?? .unreadable("the configuration space reads all ones")
    }
  }
}
