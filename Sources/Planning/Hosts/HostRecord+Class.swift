// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension HostRecord {
  /// What machines that are alike share: board, processor, and cards by model: `Example Rack 1, Genoa, 4 x NVIDIA H200`.
  public var className: String {
    let models = Dictionary(grouping: devices.filter { $0.type != .virtual }.compactMap(\.model)) { $0 }
    let cards = models.keys.sorted().map { "\(models[$0]?.count ?? 0) x \($0)" }
    let processor = text("cpu.codename") ?? text("cpu.brand") ?? "unknown processor"
    return ([boardName, processor] + cards).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Maker and model of the machine; empty: the report says neither.
  public var boardName: String {
    [text("machine.vendor"), text("machine.product")].compactMap { $0 }.joined(separator: " ")
  }

  /// The first OpenStack release that uses a capability of this host as it is; `nil`: it is not ready, or none does.
  public func usableFrom(_ capability: String) -> OpenStackRelease? {
    guard isReady(capability) else { return nil }
    return OpenStackRelease.all.first { Supply(self, capability, in: $0) == .usable }
  }
}
