// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// What a scheduler and a guest's firmware make of it. All of it only advises: the host can hand the unit out.
extension Unit {
  /// Intel VMD and some hypervisors number domains from 10000h on; Nova skips such a device with a debug line.
  var novaAddress: Rung {
    let primary = primary
    return Rung(
      "nova-address", .scheduler, "Nova can hold its address",
      specification: "OpenStack Nova nova/pci/devspec.py, MAX_DOMAIN FFFFh", isAdvisory: true
    ) { _ in
      guard let primary else { return .notApplicable("no function", citing: []) }
      let citing = [PCIDevices.file(primary.address, "uevent")]
      return primary.address.domain <= 0xffff
        ? .pass("domain \(hex(primary.address.domain, width: 4))", citing: citing)
        : .warn(
          .domainTooWide, "domain \(hex(primary.address.domain, width: 4)) is above FFFFh", citing: citing)
    }
  }

  /// OVMF lays a guest's 64-bit BARs into an eighth of its physical address space, which is 40 bits wide unless told
  /// otherwise. Source: edk2 OvmfPkg/Library/PlatformInitLib/MemDetect.c; QEMU target/i386, phys-bits.
  private static let usualWindowBytes: UInt64 = 1 << 37

  var guestWidth: Rung {
    rung(
      "guest-width", .scheduler, "its BARs fit a guest of the usual width",
      "edk2 OvmfPkg/Library/PlatformInitLib/MemDetect.c; OpenStack Nova hw:maxphysaddr_mode",
      isAdvisory: true
    ) { function, host in
      // A virtual function has a share of what its physical one has.
      if function.physicalFunction != nil {
        return .pass("a virtual function", citing: [PCIDevices.link(function.address, "physfn")])
      }
      return host.pciResources(function.address).judge("resource") { lines in
        let bytes = lines.prefix(6).filter(\.isMemory).reduce(UInt64(0)) { sum, line in
          let (next, isTooLarge) = sum.addingReportingOverflow(line.bytes ?? 0)
          return isTooLarge ? .max : next
        }
        return bytes < Self.usualWindowBytes
          ? .pass("\(bytes >> 20) MiB of BARs", citing: [])
          : .warn(.guestTooNarrow, "\(bytes >> 30) GiB of BARs", citing: [])
      }
    }
  }

  /// libvirt would bind a vGPU's VF to vfio-pci, and the driver that serves it would be gone.
  var managed: Rung {
    let primary = primary
    return Rung(
      "managed", .scheduler, "Nova may bind it anew",
      specification: "NVIDIA vGPU user guide 17; OpenStack Nova [pci] device_spec, managed", isAdvisory: true
    ) { host in
      guard let primary else { return .notApplicable("no function", citing: []) }
      guard primary.isDriverKnown else {
        return host.pciDriver(primary.address).judge("driver") { _ in .pass("", citing: []) }
      }
      let citing = [PCIDevices.file(primary.address, "uevent")]
      let none = Judgement.pass("no vendor-specific VFIO", citing: citing)
      guard primary.driver == "nvidia" else { return none }
      return host.isVirtualFunction(primary.address).judge("physfn") { isVirtual in
        isVirtual ? .warn(.managedNo, "nvidia serves this virtual function", citing: citing) : none
      }
    }
  }

  /// GPUs behind NVSwitches reach each other past the IOMMU groups.
  var fabric: Rung {
    let primary = primary
    let switches = shared.switches ?? neighbours.values.filter(\.isNVSwitch).map(\.address).sorted()
    return Rung(
      "fabric", .scheduler, "no fabric joins it to others",
      specification: "NVIDIA Fabric Manager user guide, virtualization models", isAdvisory: true
    ) { host in
      guard let primary else { return .notApplicable("no function", citing: []) }
      let citing = [Question.directory(PCIDevices.directory)]
      guard primary.vendor != nil else { return host.unknown("vendor", primary.address) }
      guard primary.vendor == 0x10de, primary.isGPU, !switches.isEmpty else {
        return .pass("no NVSwitch joins it", citing: citing)
      }
      return .warn(
        .fabricShared, "\(switches.count) NVSwitches, \(switches[0]) first, join the GPUs", citing: citing)
    }
  }
}
