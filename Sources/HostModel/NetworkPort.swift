// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A network device that a physical function shows: its port, or in switchdev mode a representor of a VF.
public struct NetworkPort: Sendable, Hashable {
  public let name: String
  /// `p0`, `pf0vf1`; `nil`: the driver names none, or it is not known.
  public var physicalPortName: String?
  /// Whether it is a port of a switch in the hardware, the sign of switchdev mode. The switch's number stays where it is:
  /// it names the one card. `nil`: not known.
  public var isSwitchPort: Bool?

  public init(name: String, physicalPortName: String? = nil, isSwitchPort: Bool? = nil) {
    (self.name, self.physicalPortName, self.isSwitchPort) = (name, physicalPortName, isSwitchPort)
  }
}

extension HostSource {
  /// Names in a subdirectory of a function's. Empty: the function has none.
  private func namesOrNone(_ address: PCIAddress, _ name: String) -> Reading<[String]> {
    let all = names(in: "\(PCIDevices.path(address))/\(name)")
    return all.isAbsent ? Reading(all.question, .value([])) : all
  }

  /// InfiniBand and RoCE devices of a function: `mlx5_0`.
  /// Source: kernel Documentation/ABI/stable/sysfs-class-infiniband.
  public func rdmaDevices(_ address: PCIAddress) -> Reading<[String]> { namesOrNone(address, "infiniband") }

  /// Network devices of a function. Source: kernel Documentation/ABI/testing/sysfs-class-net.
  public func networkPorts(_ address: PCIAddress) -> Reading<[NetworkPort]> {
    namesOrNone(address, "net").map { names in
      // mlx5 shows a representor for each VF, 256 of them at most for a port.
      names.prefix(512).map { name in
        let folder = "\(PCIDevices.path(address))/net/\(name)"
        let port = read(.file("\(folder)/phys_port_name")) { bytes in
          text(bytes).isEmpty ? nil : text(bytes)
        }
        let isSwitch = isSwitchPort("\(folder)/phys_switch_id")
        return NetworkPort(name: name, physicalPortName: port.value, isSwitchPort: isSwitch)
      }
    }
  }

  /// A driver that is no switch answers EOPNOTSUPP, and so does one in legacy mode.
  /// Source: kernel net/core/net-sysfs.c, phys_switch_id_show(); include/uapi/asm-generic/errno.h, 95.
  private func isSwitchPort(_ path: String) -> Bool? {
    switch ask(.file(path)) {
    case .failed(code: 95, _): false
    case .bytes(let bytes): trimmed(bytes[...]).isEmpty ? nil : true
    case .absent, .denied, .withheld, .failed: nil
    }
  }
}
