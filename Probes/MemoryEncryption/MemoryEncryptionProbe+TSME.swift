// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension MemoryEncryptionProbe {
  /// A clear bit may be the BIOS's doing, so it is no "no".
  static let tsmeSilicon = Rung(
    "silicon", .cpu, "the processor can encrypt memory",
    specification: "AMD APM vol. 3, CPUID Fn8000_001F_EAX[0]"
  ) { host in
    host.cpuid(0x8000_001f).judge("CPUID Fn8000_001F") { leaf in
      leaf.eax.bit(0)
        ? .pass("Fn8000_001F_EAX[0] (SME) = 1", citing: [])
        : .unknown(.sourceAbsent, "Fn8000_001F_EAX[0] (SME) = 0: TSME has no bit of its own", citing: [])
    }
  }

  private static let driver = "/sys/bus/pci/drivers/ccp"

  /// No register tells; only a secure processor that reports its security state does, and older servers' do not.
  static let tsme = Rung(
    "tsme", .firmware, "the BIOS has TSME on",
    specification: "kernel Documentation/ABI/testing/sysfs-driver-ccp, tsme_status",
    implies: ["vendor", "silicon"]
  ) { host in
    let devices = host.names(in: driver)
    return devices.judge(
      "driver ccp", absent: .unknown(.ccpNotLoaded, "the driver ccp is not loaded", citing: [])
    ) { names in
      judge(readings(names, host)).citing(also: [devices.question])
    }
  }

  private static func readings(_ names: [String], _ host: any HostSource) -> [Reading<Bool>] {
    names.filter { PCIAddress($0) != nil }.map { host.flag("\(driver)/\($0)/tsme_status") }
  }

  /// A secure processor that says TSME is on.
  static func tsmeOn(_ host: any HostSource) -> Reading<Bool>? {
    readings(host.names(in: driver).value ?? [], host).first { $0.value == true }
  }

  /// Each socket has a secure processor or two, and one of them reports.
  private static func judge(_ readings: [Reading<Bool>]) -> Judgement {
    if let lost = readings.first(where: { !$0.isAbsent && $0.value == nil }) {
      return lost.judge("tsme_status") { _ in .pass("tsme_status", citing: []) }
    }
    let found = readings.filter { $0.value != nil }
    if let off = found.first(where: { $0.value == false }) {
      return .fail(.tsmeOff, "tsme_status = 0", citing: [off.question])
    }
    return found.isEmpty
      ? .unknown(.sourceAbsent, "no secure processor reports tsme_status", citing: readings.map(\.question))
      : .pass("tsme_status = 1", citing: found.map(\.question))
  }
}
