// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension SRIOVProbe {
  static func ladder(for address: PCIAddress, in environment: Environment?) -> Ladder {
    Ladder(
      "pci.sriov", "virtual functions can be had",
      [
        environment?.rung ?? Environment.rung, capability(address), firmware(address), apertures(address),
        busNumbers(address), kernel(address), driver(address), driverLimit(address),
        interruptVectors(address),
      ])
  }

  static let specification = "PCI Express Base Specification 6.0, 9.3.3"

  private static func capability(_ address: PCIAddress) -> Rung {
    Rung("capability", .cpu, "the function has the SR-IOV capability", specification: specification) { host in
      let total = host.sriovNumber(address, "sriov_totalvfs")
      if total.value != nil { return .pass("sriov_totalvfs is there", citing: [total.question]) }
      let capability = host.sriovCapability(address)
      // What the kernel may yet say is not overruled.
      let absent: Judgement? =
        total.isAbsent || host.isCopy
        ? .fail(.sriovNotSupported, "no extended capability 0010h", citing: []) : nil
      return capability.judge("SR-IOV capability", absent: absent) { _ in
        .pass("extended capability 0010h is there", citing: [])
      }
    }
  }

  /// Not there, 0 and more are three diagnoses: this rung makes the first one.
  private static func firmware(_ address: PCIAddress) -> Rung {
    Rung("firmware", .firmware, "firmware leaves the function some VFs", specification: specification) {
      host in
      let total = host.sriovNumber(address, "sriov_totalvfs")
      switch total.outcome {
      case .value: return .pass("the kernel accepted the capability", citing: [total.question])
      case .denied, .unreadable, .timedOut:
        return total.judge("sriov_totalvfs") { _ in .pass("", citing: []) }
      case .absent, .withheld: break
      }
      let none = Judgement.notApplicable("no SR-IOV capability", citing: [])
      return host.sriovCapability(address).judge("TotalVFs", absent: none) { capability in
        if capability.totalVFs > 0 { return .pass("register TotalVFs = \(capability.totalVFs)", citing: []) }
        return .fail(
          .sriovOffInFirmware, "register TotalVFs = 0, and no sriov_totalvfs", citing: [total.question])
      }
    }
  }

  private static func kernel(_ address: PCIAddress) -> Rung {
    Rung(
      "kernel", .kernel, "the kernel offers the VFs", specification: "kernel drivers/pci/iov.c, sriov_init()"
    ) { host in
      let total = host.sriovNumber(address, "sriov_totalvfs")
      if case .absent = total.outcome {
        let capability = host.sriovCapability(address)
        let none = Judgement.notApplicable("no SR-IOV capability", citing: [])
        return capability.judge("TotalVFs", absent: none) { capability in
          if capability.totalVFs == 0 { return .notApplicable("there are no VFs to offer", citing: []) }
          return .fail(
            .sriovHiddenByKernel, "register TotalVFs = \(capability.totalVFs), but no sriov_totalvfs",
            citing: [total.question])
        }
      }
      return total.judge("sriov_totalvfs") { .pass("sriov_totalvfs = \($0)", citing: []) }
    }
  }

  /// The kernel hands the wish to the PF's driver; without one nobody can grant it.
  private static func driver(_ address: PCIAddress) -> Rung {
    Rung(
      "driver", .kernel, "a driver is bound that can enable VFs",
      specification: "kernel drivers/pci/pci-sysfs.c, sriov_numvfs_store()"
    ) { host in
      let active = host.sriovNumber(address, "sriov_numvfs")
      if let number = active.value, number > 0 {
        return .pass("\(number) VFs are enabled", citing: [active.question])
      }
      return host.pciDriver(address).judge("driver") { driver in
        let verdict: Judgement
        switch driver {
        case nil: verdict = .fail(.sriovNoDriver, "no driver is bound", citing: [])
        case "vfio-pci": verdict = vfio(host)
        case .some(let name): return .pass("\(name) is bound", citing: [])
        }
        // Enabled VFs would overrule that, if they could be seen.
        guard verdict.verdict == .fail, active.value == nil, !active.isAbsent else { return verdict }
        return active.judge("sriov_numvfs") { _ in verdict }
      }
    }
  }

  /// vfio-pci creates VFs only on request. Source: kernel drivers/vfio/pci/vfio_pci.c, enable_sriov.
  private static func vfio(_ host: any HostSource) -> Judgement {
    host.flag("/sys/module/vfio_pci/parameters/enable_sriov").judge("vfio_pci.enable_sriov") { isSet in
      isSet
        ? .pass("vfio-pci is bound, enable_sriov = Y", citing: [])
        : .fail(.sriovNoDriver, "vfio-pci is bound, enable_sriov = N", citing: [])
    }
  }

  private static func driverLimit(_ address: PCIAddress) -> Rung {
    Rung(
      "driver-limit", .kernel, "the driver lets VFs through",
      specification: "kernel drivers/pci/iov.c, pci_sriov_set_totalvfs()"
    ) { host in
      let none = Judgement.notApplicable("no sriov_totalvfs to limit", citing: [])
      return host.sriovNumber(address, "sriov_totalvfs").judge("sriov_totalvfs", absent: none) { total in
        if total > 0 { return .pass("sriov_totalvfs = \(total)", citing: []) }
        return .fail(.sriovCappedByDriver, "sriov_totalvfs = 0: the driver keeps all VFs back", citing: [])
      }
    }
  }

  /// 0 means that the driver shares its vectors out by itself. Since kernel 5.13.
  private static func interruptVectors(_ address: PCIAddress) -> Rung {
    Rung(
      "interrupt-vectors", .kernel, "there is an MSI-X vector for every VF",
      specification: "kernel Documentation/ABI/testing/sysfs-bus-pci, sriov_vf_total_msix", isAdvisory: true
    ) { host in
      let vectors = host.sriovNumber(address, "sriov_vf_total_msix")
      let absent = Judgement.pass("the driver has no pool of vectors", citing: [])
      return vectors.judge("sriov_vf_total_msix", absent: absent) { count in
        if count == 0 { return .pass("the driver has no pool of vectors", citing: []) }
        return host.sriovNumber(address, "sriov_totalvfs").judge("sriov_totalvfs") { total in
          if count >= total { return .pass("\(count) vectors for \(total) VFs", citing: []) }
          return .fail(.sriovNoMSIX, "\(count) vectors for \(total) VFs", citing: [])
        }
      }
    }
  }
}
