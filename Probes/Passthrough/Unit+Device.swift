// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// What the device itself and its firmware decide.
extension Unit {
  var endpoint: Rung {
    rung(
      "endpoint", .cpu, "an endpoint, not a bridge",
      "kernel drivers/vfio/pci/vfio_pci_core.c, PCI_HEADER_TYPE_NORMAL"
    ) {
      function, host in
      let address = function.address
      if let code = function.classCode {
        if function.isPlainBridge {
          return .fail(
            .notAssignable, "class \(hex(code, width: 6)) is a bridge",
            citing: [PCIDevices.file(address, "uevent")])
        }
        return .pass("class \(hex(code, width: 6))", citing: [PCIDevices.file(address, "uevent")])
      }
      // Only now is it worth waking the function for its header.
      return host.configSpace(address).judge("header type") { space in
        guard let type = space.headerType, !space.isAllOnes else {
          return .unknown(.sourceUnreadable, "the configuration space reads all ones", citing: [])
        }
        switch type {
        case 0: return .pass("header type 0", citing: [])
        // Source: PCI Express Base Specification 6.0, 7.5.1.1.9: no other layouts exist.
        case 1, 2: return .fail(.notAssignable, "header type \(type)", citing: [])
        default: return .unknown(.sourceUnreadable, "there is no header type \(type)", citing: [])
        }
      }
    }
  }

  var ownDisplay: Rung {
    rung(
      "management-display", .cpu, "not the management controller's display",
      "kernel drivers/gpu/drm/ast, mgag200"
    ) {
      function, host in
      guard let isManagement = function.isManagementDisplay else {
        return host.unknown("class and vendor", function.address)
      }
      let citing = [PCIDevices.file(function.address, "uevent")]
      if !isManagement { return .pass("not a management display", citing: citing) }
      return .fail(
        .managementDisplay, "vendor \(hex(function.vendor ?? 0, width: 4)) makes management displays",
        citing: citing)
    }
  }

  /// A BAR in memory without an address cannot be mapped for a guest; I/O ports are not needed.
  var addresses: Rung {
    rung("addresses", .firmware, "every memory BAR has an address", "kernel drivers/pci/setup-res.c") {
      function, host in
      host.pciResources(function.address).judge("resource") { lines in
        let lost = lines.prefix(6).enumerated().first { $1.isMemory && $1.isUnassigned }
        guard let (index, line) = lost else { return .pass("every memory BAR has an address", citing: []) }
        return .fail(
          .barNotAssigned, "BAR\(index): no address, flags \(hex(line.flags, width: 16))", citing: [])
      }
    }
  }

  /// Only where the SR-IOV probe asks for configuration space anyway, and never of a function that sleeps.
  var responds: Rung {
    rung("responds", .firmware, "the device answers", "PCI Express Base Specification 6.0, 2.3.2") {
      function, host in
      guard function.classCode != nil else { return host.unknown("class", function.address) }
      guard function.isSRIOVExpected else { return .notApplicable("not asked", citing: []) }
      let virtual = Judgement.pass("a virtual function, its physical one is asked", citing: [])
      if function.physicalFunction != nil { return virtual }
      return host.origin().judge("origin") { _ in
        if host.isCopy { return Self.answer(function.address, host) }
        return host.isVirtualFunction(function.address).judge("physfn") { isVirtual in
          isVirtual ? virtual : Self.awake(function.address, host)
        }
      }
    }
  }

  private static func awake(_ address: PCIAddress, _ host: any HostSource) -> Judgement {
    let status = host.read(PCIDevices.file(address, "power/runtime_status")) {
      $0.isEmpty ? nil : text($0)
    }
    if status.isAbsent { return answer(address, host) }
    return status.judge("runtime_status") { status in
      if status.hasPrefix("suspend") { return .warn(.suspended, "runtime_status = \(status)", citing: []) }
      return answer(address, host)
    }
  }

  private static func answer(_ address: PCIAddress, _ host: any HostSource) -> Judgement {
    host.configSpace(address).judge("configuration space") { space in
      if space.isAllOnes {
        return .fail(.notResponding, "the configuration space reads all ones", citing: [])
      }
      return .pass("the configuration space can be read", citing: [])
    }
  }

  /// -1 is "firmware did not say", which does no harm where there is one node.
  var numa: Rung {
    rung(
      "numa", .capacity, "its NUMA node is known",
      "kernel Documentation/ABI/testing/sysfs-bus-pci, numa_node", isAdvisory: true
    ) {
      function, host in
      host.numaNode(function.address).judge("numa_node") { node in
        if let node { return .pass("node \(node)", citing: []) }
        return host.names(in: "/sys/devices/system/node").judge("NUMA nodes") { names in
          let nodes = names.filter {
            $0.hasPrefix("node") && $0.dropFirst(4).allSatisfy(\.isNumber) && $0 != "node"
          }
          if nodes.count == 1, host.isWhole {
            return .pass("numa_node = -1 on a host with one node", citing: [])
          }
          if nodes.count < 2 {
            return .unknown(.sourceWithheld, "numa_node = -1, and the nodes are not known", citing: [])
          }
          return .warn(.numaUnknown, "numa_node = -1 on a host with \(nodes.count) nodes", citing: [])
        }
      }
    }
  }
}
