// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// What the host does with it now.
extension Unit {
  /// The firmware's console; taking it away blinds the host.
  var bootDisplay: Rung {
    rung(
      "boot-display", .kernel, "not the console's display",
      "kernel Documentation/ABI/testing/sysfs-bus-pci, boot_vga"
    ) {
      function, host in
      guard let kind = function.classAndSubclass else { return host.unknown("class", function.address) }
      // The attribute is there for VGA controllers alone.
      if kind != 0x0300 {
        return .pass("not a VGA controller", citing: [PCIDevices.file(function.address, "uevent")])
      }
      return host.flag("\(PCIDevices.path(function.address))/boot_vga").judge("boot_vga") { isBoot in
        isBoot ? .fail(.bootDisplay, "boot_vga = 1", citing: []) : .pass("boot_vga = 0", citing: [])
      }
    }
  }

  /// A driver of the host's is in the way only until libvirt's managed='yes', or an operator, takes it off.
  var driver: Rung {
    let primary = primary
    return Rung(
      "driver", .kernel, "no driver of the host is bound",
      specification: "libvirt formatdomain, hostdev managed; kernel drivers/vfio/pci"
    ) { host in
      guard let primary else { return .notApplicable("no function", citing: []) }
      return host.driverBinding(primary).judge("driver") { binding in
        switch binding {
        case .unbound: .pass("no driver is bound", citing: [])
        case .vfio(let name): .pass("\(name) is bound", citing: [])
        case .host(let name): .warn(.hostDriverBound, "\(name) is bound", citing: [])
        }
      }
    }
  }

  var denylist: Rung {
    rung(
      "denylist", .kernel, "VFIO does not refuse it for its errata",
      "kernel drivers/vfio/pci/vfio_pci.c, disable_denylist"
    ) {
      function, host in
      let citing = [PCIDevices.file(function.address, "uevent")]
      guard let isListed = function.isDenylisted else {
        return host.unknown("vendor and device", function.address)
      }
      guard isListed else { return .pass("not on VFIO's denylist", citing: citing) }
      let listed = Judgement.fail(.vfioDenylisted, "on VFIO's denylist", citing: citing)
      return host.flag("/sys/module/vfio_pci/parameters/disable_denylist").judge(
        "disable_denylist", absent: listed
      ) {
        $0 ? .warn(.vfioDenylisted, "on VFIO's denylist, disable_denylist = Y", citing: citing) : listed
      }
    }
  }

  /// vfio-pci refuses a physical function whose virtual ones are in use. Absent: not a physical function.
  var virtualFunctions: Rung {
    rung(
      "virtual-functions", .kernel, "no virtual function of it is enabled",
      "kernel drivers/vfio/pci/vfio_pci_core.c, EBUSY"
    ) {
      function, host in
      if function.physicalFunction != nil {
        return .pass("a virtual function", citing: [PCIDevices.link(function.address, "physfn")])
      }
      let active = host.sriovNumber(function.address, "sriov_numvfs")
      let none = Judgement.pass("not a physical function", citing: [])
      // The kernel shows both counts or neither.
      if active.isAbsent, host.sriovNumber(function.address, "sriov_totalvfs").value ?? 0 > 0 {
        return .unknown(
          .sourceAbsent, "sriov_numvfs: not there, and sriov_totalvfs is", citing: [active.question])
      }
      // A copy that lacks the file may hold the capability.
      if case .withheld = active.outcome, host.isCopy {
        return host.sriovCapability(function.address).judge("SR-IOV capability", absent: none) {
          Self.enabled($0.activeVFs, "NumVFs")
        }
      }
      return active.judge("sriov_numvfs", absent: none) { Self.enabled($0, "sriov_numvfs") }
    }
  }

  private static func enabled(_ count: Int, _ what: String) -> Judgement {
    count == 0 ? .pass("\(what) = 0", citing: []) : .fail(.vfsEnabled, "\(what) = \(count)", citing: [])
  }

  /// A VF that NVIDIA's driver serves is a vGPU only once it has a type. Absent: served through mediated devices.
  /// Since kernel 6.8.
  var vgpuType: Rung {
    rung(
      "vgpu-type", .kernel, "its vGPU type is set",
      "NVIDIA vGPU user guide 17, vendor-specific VFIO framework"
    ) {
      function, host in
      guard function.isDriverKnown else {
        return host.pciDriver(function.address).judge("driver") { _ in .pass("", citing: []) }
      }
      guard function.driver == "nvidia", host.sriovNumber(function.address, "sriov_totalvfs").value == nil
      else {
        return .pass(
          "not a virtual function that nvidia serves", citing: [PCIDevices.file(function.address, "uevent")])
      }
      return host.isVirtualFunction(function.address).judge("physfn") { isVirtual in
        isVirtual ? Self.type(of: function.address, host) : .pass("not a virtual function", citing: [])
      }
    }
  }

  private static func type(of address: PCIAddress, _ host: any HostSource) -> Judgement {
    let type = host.read(PCIDevices.file(address, "nvidia/current_vgpu_type"), as: decimal)
    return type.judge("current_vgpu_type", absent: .pass("no vendor-specific VFIO", citing: [])) { type in
      if type == 0 { return .fail(.vgpuTypeNotSet, "current_vgpu_type = 0", citing: []) }
      return .pass("current_vgpu_type = \(type)", citing: [])
    }
  }

  /// An intent that did not come true, mostly for want of the module. `(null)`: no intent.
  var override: Rung {
    let primary = primary
    return Rung(
      "override", .kernel, "driver_override is followed",
      specification: "kernel Documentation/ABI/testing/sysfs-bus-pci, driver_override", isAdvisory: true
    ) { host in
      guard let primary else { return .notApplicable("no function", citing: []) }
      let wanted = host.read(PCIDevices.file(primary.address, "driver_override")) { text($0) }
      return wanted.judge("driver_override") { wanted in
        if wanted.isEmpty || wanted == "(null)" { return .pass("no driver_override", citing: []) }
        return host.pciDriver(primary.address).judge("driver") { driver in
          if driver == wanted { return .pass("driver_override = \(wanted)", citing: []) }
          return .warn(
            .overrideMismatch, "driver_override = \(wanted), driver \(driver ?? "none")", citing: [])
        }
      }
    }
  }
}
