// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The PCI Express capability, 10h. Source: PCI Express Base Specification 6.0, 7.5.3.
public struct ExpressCapability: Capability {
  /// PCI Express Capabilities, 7:4. Source: 7.5.3.2.
  public enum PortType: UInt16, Sendable, CaseIterable {
    case endpoint = 0
    case legacyEndpoint = 1
    case rootPort = 4
    case upstreamPort = 5
    case downstreamPort = 6
    case bridgeToPCI = 7
    case bridgeFromPCI = 8
    case integratedEndpoint = 9
    case eventCollector = 10

    /// `root-port`: a word for reports.
    public var name: String {
      switch self {
      case .endpoint: "endpoint"
      case .legacyEndpoint: "legacy-endpoint"
      case .rootPort: "root-port"
      case .upstreamPort: "upstream-port"
      case .downstreamPort: "downstream-port"
      case .bridgeToPCI: "bridge-to-pci"
      case .bridgeFromPCI: "bridge-from-pci"
      case .integratedEndpoint: "integrated-endpoint"
      case .eventCollector: "event-collector"
      }
    }

    /// What a guest could have: only there the bits for it mean something.
    var isEndpoint: Bool { [.endpoint, .legacyEndpoint, .integratedEndpoint].contains(self) }
    /// A port that leads down: only there do ACS and ARI Forwarding tell whether it keeps functions apart.
    public var leadsDown: Bool { self == .rootPort || self == .downstreamPort }
    /// What is inside the root complex has no link.
    var hasLink: Bool { self != .integratedEndpoint && self != .eventCollector }
  }

  /// `nil`: a type that the specification does not have.
  public let portType: PortType?
  /// DevCap[28], Function-level Reset, which only endpoints have; `nil`: the type is not known.
  public let canFunctionLevelReset: Bool?
  /// DevCap[30]: TEE-IO Supported, the sign of TDISP.
  public let isTEEIOSupported: Bool
  /// DevCap2[5] and DevCtl2[5]: ARI Forwarding; `nil`: not a port that leads down.
  public let isARIForwardingSupported, isARIForwardingEnabled: Bool?
  /// LnkSta and LnkCap; `nil`: there is no link.
  public let link: PCILink?

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let flags = space.word(offset + 2, as: UInt16.self), flags != .max,
      let capabilities = space.register(offset + 4), let linkCapabilities = space.register(offset + 0x0c),
      let linkStatus = space.word(offset + 0x12, as: UInt16.self)
    else { return nil }
    let type = PortType(rawValue: flags.bits(4...7))
    portType = type
    canFunctionLevelReset = type.map { $0.isEndpoint && capabilities.bit(28) }
    isTEEIOSupported = capabilities.bit(30)
    link =
      type?.hasLink == false
      ? nil : PCILink(capabilities: linkCapabilities, status: linkStatus)
    guard type?.leadsDown == true else {
      (isARIForwardingSupported, isARIForwardingEnabled) = (nil, nil)
      return
    }
    // Version 1 ends before the second set. Source: 7.5.3.2, Capability Version.
    if flags.bits(0...3) < 2 {
      (isARIForwardingSupported, isARIForwardingEnabled) = (false, false)
      return
    }
    guard let second = space.register(offset + 0x24),
      let control = space.word(offset + 0x28, as: UInt16.self)
    else { return nil }
    (isARIForwardingSupported, isARIForwardingEnabled) = (second.bit(5), control.bit(5))
  }
}
