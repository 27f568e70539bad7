// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Withholds what would wake a suspended PCI function, libvirt where it is to be left out, and libvirt's list of devices, which is
/// dear, unless it is wanted. Never asks a question of that kind to find out.
public struct Policy: HostSource {
  private let host: any HostSource
  private let wake: Bool
  private let libvirt: Bool
  private let libvirtDevices: Bool

  /// - Parameters:
  ///   - wake: whether the operator allowed it.
  ///   - libvirt: whether libvirt may be asked.
  ///   - libvirtDevices: whether it may be asked for its devices.
  public init(
    _ host: any HostSource, wake: Bool = false, libvirt: Bool = true, libvirtDevices: Bool = false
  ) {
    (self.host, self.wake) = (host, wake)
    (self.libvirt, self.libvirtDevices) = (libvirt, libvirtDevices)
  }

  public func ask(_ question: Question) -> Answer {
    if case .libvirt(let document) = question {
      if !libvirt { return .withheld("left out by --skip libvirt") }
      if !libvirtDevices, document == .nodeDevices {
        return .withheld("asked for only with --libvirt-devices")
      }
    }
    guard !wake, case .wakesDevice(let address) = question.hazard, let why = sleeps(address) else {
      return host.ask(question)
    }
    return .withheld(why)
  }

  /// Why a function must be left alone; `nil`: it is awake, or power management does not know it.
  ///
  /// Source: kernel Documentation/ABI/testing/sysfs-devices-power, runtime_status; sysfs-bus-pci, power_state.
  private func sleeps(_ address: PCIAddress) -> String? {
    let folder = "/sys/bus/pci/devices/\(address)"
    let asleep: [(file: String, words: Set<String>)] = [
      ("power/runtime_status", ["suspended", "suspending"]), ("power_state", ["D3hot", "D3cold"]),
    ]
    for (file, words) in asleep {
      let state = host.read(.file("\(folder)/\(file)")) { text($0) }
      switch state.outcome {
      case .value(let word) where words.contains(word):
        return "\(address) is \(word); reading would wake it"
      case .value, .absent, .withheld: continue
      case .denied, .unreadable, .timedOut: return "whether \(address) is suspended cannot be seen"
      }
    }
    return nil
  }
}
