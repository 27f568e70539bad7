// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// Room for VFs: addresses for their registers, and numbers on the bus.
extension SRIOVProbe {
  /// Lines 7 to 12 of `resource` hold the room for one BAR of all VFs each.
  static func apertures(_ address: PCIAddress) -> Rung {
    Rung(
      "mmio", .firmware, "the VFs' registers have addresses",
      specification: "kernel drivers/pci/iov.c, sriov_enable()"
    ) { host in
      let total = host.sriovNumber(address, "sriov_totalvfs")
      if total.isAbsent { return .notApplicable("no sriov_totalvfs", citing: [total.question]) }
      if total.value == nil { return total.judge("sriov_totalvfs") { _ in .pass("", citing: []) } }
      return host.pciResources(address).judge("resource") { lines in
        guard lines.count >= 13 else {
          return .unknown(.sourceAbsent, "resource has \(lines.count) lines, none for VFs", citing: [])
        }
        let apertures = lines[7...12]
        if let lost = apertures.first(where: \.isUnassigned) {
          return .fail(
            .sriovNoMMIO, "a VF BAR has no address: flags \(hex(lost.flags, width: 16))", citing: [])
        }
        // Kernels that gave up on a VF BAR leave its line empty, and a VF has one at least.
        if apertures.allSatisfy(\.isEmpty) {
          return .fail(.sriovNoMMIO, "no VF BAR has an address", citing: [])
        }
        return .pass("\(apertures.filter { !$0.isEmpty }.count) VF BARs have addresses", citing: [])
      }
    }
  }

  /// The last VF needs a routing id that leads to it: a device number above 0 below a port only with ARI, another bus
  /// only if the port hands that bus on.
  static func busNumbers(_ address: PCIAddress) -> Rung {
    Rung(
      "bus-numbers", .firmware, "every VF has a number on the bus",
      specification: "PCI Express Base Specification 6.0, 9.2.1.2; kernel drivers/pci/iov.c, virtfn_add()"
    ) { host in
      let total = host.sriovNumber(address, "sriov_totalvfs")
      if total.isAbsent { return .notApplicable("no sriov_totalvfs", citing: [total.question]) }
      return total.judge("sriov_totalvfs") { total in
        let active = host.sriovNumber(address, "sriov_numvfs")
        return active.judge("sriov_numvfs") { active in
          if active >= total { return .pass("\(active) of \(total) VFs are enabled", citing: []) }
          return lastFunction(address, total, host)
        }
      }
    }
  }

  private static func lastFunction(_ address: PCIAddress, _ total: Int, _ host: any HostSource) -> Judgement {
    host.sriovNumber(address, "sriov_offset").judge("sriov_offset") { offset in
      host.sriovNumber(address, "sriov_stride").judge("sriov_stride") { stride in
        // Routing id: bus, then 8 bits of device and function. Source: kernel drivers/pci/iov.c, pci_iov_virtfn_bus().
        let own = Int(address.bus) << 8 | Int(address.device) << 3 | Int(address.function)
        let last = own + offset + stride * (total - 1)
        if last >> 8 != Int(address.bus) { return farBus(address, last >> 8, host) }
        if last >> 3 == own >> 3 { return .pass("all VFs fit into the PF's device number", citing: []) }
        return nearBus(address, host)
      }
    }
  }

  private static func nearBus(_ address: PCIAddress, _ host: any HostSource) -> Judgement {
    host.flag("\(PCIDevices.path(address))/ari_enabled").judge("ari_enabled") { isEnabled in
      if isEnabled { return .pass("ARI is enabled", citing: []) }
      return port(above: address, host).judge("the function's place") { port in
        if port == nil { return .pass("on a root bus, where every device number is heard", citing: []) }
        return .fail(.sriovNoBusNumbers, "VFs need more than 8 functions, and ari_enabled = 0", citing: [])
      }
    }
  }

  private static func farBus(_ address: PCIAddress, _ bus: Int, _ host: any HostSource) -> Judgement {
    port(above: address, host).judge("the function's place") { port in
      guard let port else {
        return .unknown(
          .sourceAbsent, "VFs reach bus \(hex(UInt(bus), width: 2)) of a root complex", citing: [])
      }
      let end = host.read(PCIDevices.file(port, "subordinate_bus_number"), as: decimal)
      return end.judge("subordinate_bus_number") { end in
        if UInt64(bus) <= end { return .pass("the port hands on buses to \(hex(end, width: 2))", citing: []) }
        return .fail(
          .sriovNoBusNumbers,
          "VFs reach bus \(hex(UInt(bus), width: 2)), the port hands on to \(hex(end, width: 2))",
          citing: [])
      }
    }
  }

  /// The bridge above a function; `nil`: none, it sits on a root bus. From where the function's link in sysfs leads.
  private static func port(above address: PCIAddress, _ host: any HostSource) -> Reading<PCIAddress?> {
    host.read(.link(PCIDevices.path(address))) { target -> PCIAddress?? in
      let parts = target.split(separator: UInt8(ascii: "/")).suffix(2).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard parts.count == 2, PCIAddress(parts[1]) == address else { return nil }
      if let port = PCIAddress(parts[0]) { return .some(port) }
      return parts[0].hasPrefix("pci") ? .some(nil) : nil
    }
  }
}
