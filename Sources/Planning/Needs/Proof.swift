// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// That a test guest has shown a capability on a provider's hardware class. Never of a named host.
public struct Proof: Sendable, Hashable {
  public let provider, hardwareClass, capability: String

  public init(provider: String, hardwareClass: String, capability: String) {
    (self.provider, self.hardwareClass, self.capability) = (provider, hardwareClass, capability)
  }
}

extension Demand {
  func isProven(on host: HostRecord, _ proofs: Set<Proof>) -> Bool {
    guard let capability, !proofs.isEmpty else { return false }
    return proofs.contains(
      Proof(provider: host.provider, hardwareClass: host.className, capability: capability))
  }
}

extension HostRecord {
  /// Tells hosts of one fleet apart: `acme/r1/compute-1`, or the name alone where nothing else is known.
  public var label: String { provider.isEmpty ? name : "\(provider)/\(region)/\(name)" }
}
