// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Where a capability stands at a provider, or on a host. The order is how far that is.
enum CellState: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Nobody can tell.
  case unknown
  /// The hardware never can.
  case absent
  /// A setting, an update or a binding is missing.
  case blocked
  /// Every rung of the host holds; the release does not start such guests yet.
  case ready
  /// The release starts such guests.
  case usable
  /// A test guest has shown it.
  case proven

  /// What a report calls a ladder's state; a state that no report has counts as unknown.
  init(report state: String, isUsable: Bool = false, isProven: Bool = false) {
    let stated = CellState(rawValue: state) ?? .unknown
    self = stated == .ready && isUsable ? (isProven ? .proven : .usable) : stated
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  static func < (a: CellState, b: CellState) -> Bool { a.rank < b.rank }

  /// Whether a test can be asked for.
  var isTestable: Bool { self >= .usable }

  var meaning: String {
    switch self {
    case .unknown: "no fresh report, or a source that could not be read; never a way of saying no"
    case .absent: "the hardware never can"
    case .blocked:
      "the hardware can; a setting, an update or a binding is missing. The quarters say how far it comes: silicon, firmware, kernel, hypervisor"
    case .ready: "every rung of the host holds; the release does not start such guests yet"
    case .usable: "ready, and the release starts such guests"
    case .proven: "usable, and a test guest has shown it on this hardware class within the last 90 days"
    }
  }
}

/// What a capability climbs, from the silicon up.
enum Stage: String, Sendable, Hashable, CaseIterable {
  case silicon, firmware, kernel, hypervisor, platform, proven

  /// Of a report's layers; those that it does not know belong to the hypervisor, as in the view `standing`.
  init(layer: String) {
    switch layer {
    case "environment", "cpu": self = .silicon
    case "firmware", "psp": self = .firmware
    case "kernel": self = .kernel
    default: self = .hypervisor
    }
  }

  /// How many stages are below.
  var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  var title: String {
    switch self {
    case .silicon: "Silicon"
    case .firmware: "Firmware"
    case .kernel: "Kernel"
    case .hypervisor: "Hypervisor"
    case .platform: "Platform"
    case .proven: "Proven"
    }
  }

  var meaning: String {
    switch self {
    case .silicon: "the processor or the card can"
    case .firmware: "BIOS and secure processor let it"
    case .kernel: "the kernel has it and has it switched on"
    case .hypervisor: "KVM, QEMU, libvirt and the firmware of guests have it"
    case .platform: "the release starts such guests"
    case .proven: "a test guest has shown it"
    }
  }
}
