// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Who holds a PCI function.
public enum DriverBinding: Sendable, Hashable {
  case unbound
  /// A VFIO driver, so that a guest can have it.
  case vfio(String)
  /// Any other driver: the host uses it.
  case host(String)

  public var isVFIO: Bool { if case .vfio = self { true } else { false } }

  /// Drivers that a VFIO user tolerates in his group. Source: kernel drivers/pci/pci-stub.c and
  /// drivers/pci/pcie/portdrv.c, driver_managed_dma.
  public var isToleratedInGroup: Bool {
    switch self {
    case .unbound, .vfio: true
    case .host(let name): name == "pci-stub" || name == "pcieport"
    }
  }

  /// The kernel's own VFIO PCI drivers, letter for letter. Source: kernel 7.2 drivers/vfio/pci, the
  /// `struct pci_driver` of each.
  public static let vfioDrivers: Set<String> = [
    "vfio-pci", "mlx5_vfio_pci", "nvgrace_gpu_vfio_pci", "hisi_acc_vfio_pci", "pds_vfio_pci",
    "virtio_vfio_pci",
    "qat_vfio_pci", "xe-vfio-pci", "ism_vfio_pci",
  ]
}

extension HostSource {
  /// Who holds a function.
  ///
  /// The names above are sure; another driver is a VFIO driver if its device has a `vfio-dev` directory, as vendors'
  /// have. Since kernel 6.1. A copy without that directory is trusted for drivers no vendor makes a VFIO driver of.
  public func driverBinding(_ function: PCIFunction) -> Reading<DriverBinding> {
    guard function.isDriverKnown else {
      return pciDriver(function.address).map { $0.map { .host($0) } ?? .unbound }
    }
    let asked = PCIDevices.file(function.address, "uevent")
    guard let driver = function.driver else { return Reading(asked, .value(.unbound)) }
    if DriverBinding.vfioDrivers.contains(driver) { return Reading(asked, .value(.vfio(driver))) }
    let devices = names(in: "\(PCIDevices.path(function.address))/vfio-dev")
    switch devices.outcome {
    case .value(let names):
      return Reading(devices.question, .value(names.isEmpty ? .host(driver) : .vfio(driver)))
    case .absent: return Reading(devices.question, .value(.host(driver)))
    case .withheld where isCopy && !mayBeVFIO(driver, function.address):
      return Reading(asked, .value(.host(driver)))
    default: return devices.map { _ in .host(driver) }
    }
  }

  /// Out-of-tree variants have the word in their name, and NVIDIA's own driver serves the VFs of a vGPU host.
  private func mayBeVFIO(_ driver: String, _ address: PCIAddress) -> Bool {
    driver.contains("vfio") || driver == "nvidia" && sriovNumber(address, "sriov_totalvfs").value == nil
  }
}
