// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension Unit {
  /// Some distributions keep VFIO in a package of extra modules. A copy of a host tells nothing of that.
  var vfioModule: Rung {
    let primary = primary
    return Rung(
      "vfio-module", .kernel, "the kernel has vfio-pci",
      specification: "kernel drivers/vfio/pci/Makefile: vfio-pci; kmod modules.builtin"
    ) { host in
      host.origin().judge("origin") { _ in
        guard host.isWhole else { return .notApplicable("a copy does not tell", citing: []) }
        if let primary, host.driverBinding(primary).value?.isVFIO == true {
          return .pass("a VFIO driver is bound", citing: [PCIDevices.file(primary.address, "uevent")])
        }
        return Self.module(host)
      }
    }
  }

  private static func module(_ host: any HostSource) -> Judgement {
    let loaded = host.names(in: "/sys/module/vfio_pci")
    if loaded.value != nil { return .pass("vfio_pci is loaded", citing: [loaded.question]) }
    return host.read(.file("/proc/sys/kernel/osrelease")) { $0.isEmpty ? nil : text($0) }
      .judge("kernel release") { release in
        let folder = host.names(in: "/lib/modules/\(release)/kernel/drivers/vfio/pci")
        if folder.value?.contains(where: { $0.hasPrefix("vfio-pci.ko") }) == true {
          return .pass("vfio-pci can be loaded", citing: [folder.question])
        }
        let builtIn = host.read(.file("/lib/modules/\(release)/modules.builtin")) { bytes in
          lines(bytes).contains { text($0).hasSuffix("/vfio-pci.ko") }
        }
        if builtIn.value == true { return .pass("vfio-pci is built in", citing: [builtIn.question]) }
        return missing(release, loaded, folder, builtIn)
      }
  }

  /// No, only where all three places say no.
  private static func missing(
    _ release: String, _ loaded: Reading<[String]>, _ folder: Reading<[String]>, _ builtIn: Reading<Bool>
  ) -> Judgement {
    let citing = [loaded.question, folder.question, builtIn.question]
    let failed = Judgement.fail(.vfioMissing, "no vfio-pci for kernel \(release)", citing: citing)
    guard loaded.isAbsent else { return loaded.judge("module vfio_pci") { _ in failed } }
    guard folder.isAbsent || folder.value != nil else { return folder.judge("modules") { _ in failed } }
    guard builtIn.value == false else { return builtIn.judge("modules.builtin") { _ in failed } }
    return failed
  }
}
