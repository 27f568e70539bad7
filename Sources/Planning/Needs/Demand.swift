// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a test campaign or a customer wants of a fleet, for one release.
public struct DemandList: Sendable, Hashable {
  public let release: OpenStackRelease
  public var osism: OSISMRelease?
  /// The most important first: where a device could serve two, the earlier one has it.
  public var demands: [Demand] = []

  public init(release: OpenStackRelease) { self.release = release }

  public var releaseName: String {
    osism.map { "OSISM \($0.id) (OpenStack \(release.id))" } ?? "OpenStack \(release.id)"
  }
}

/// So many hosts that can do something, guests of a kind, or devices of a kind.
public struct Demand: Sendable, Hashable {
  public enum Subject: Sendable, Hashable {
    /// Hosts of its own where the capability is ready and the release uses it.
    case hosts(capability: String)
    /// Confidential guests at a time, on whatever hosts.
    case slots(capability: String)
    case devices(DevicePolicy.Match, memoryGiB: Int?)
  }
  /// For people; one demand has it.
  public let name: String
  public let subject: Subject
  /// Hosts, guests or devices.
  public let wanted: Int
  /// Names of hosts begin so; empty: any.
  public var hostPrefix = ""
  /// Only there; empty: anywhere.
  public var provider = ""
  public var region = ""
  public var layer = Layer.iaas
  /// Its own; `nil`: the list's.
  public var release: OpenStackRelease?

  /// Where a test or a tenant stands, and so what has to work.
  public enum Layer: String, Sendable, Hashable, CaseIterable {
    /// On the machine itself: whatever OpenStack makes of it.
    case host
    /// In a guest that OpenStack starts.
    case iaas
    /// In a Kubernetes node, which is such a guest.
    case kaas
  }

  public init(_ name: String, _ subject: Subject, wanted: Int) {
    (self.name, self.subject, self.wanted) = (name, subject, wanted)
  }

  var capability: String? {
    switch subject {
    case .hosts(let capability), .slots(let capability): capability
    case .devices: nil
    }
  }

  func isAbout(_ host: HostRecord) -> Bool {
    host.name.hasPrefix(hostPrefix) && (provider.isEmpty || host.provider == provider)
      && (region.isEmpty || host.region == region)
  }

  /// The release that has to use it; `nil`: none has to.
  func release(in list: DemandList) -> OpenStackRelease? { layer == .host ? nil : release ?? list.release }

  /// `layer iaas, release 2026.2, provider acme, region r1, hosts r1-*`, as far as it says anything.
  public var terms: String {
    let all = [
      ("layer ", layer == .iaas ? "" : layer.rawValue), ("release ", release?.id ?? ""),
      ("provider ", provider), ("region ", region), ("hosts ", hostPrefix.isEmpty ? "" : "\(hostPrefix)*"),
    ]
    return all.filter { !$0.1.isEmpty }.map { $0.0 + $0.1 }.joined(separator: ", ")
  }
}

extension DevicePolicy.Match: CustomStringConvertible {
  public var description: String {
    [kind, id, model, type?.rawValue].compactMap { $0 }.joined(separator: ", ")
  }
}
