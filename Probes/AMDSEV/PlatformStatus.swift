// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// What the secure processor's firmware says of itself, or why it would not.
enum FirmwareReply<Status: Sendable>: Sendable {
  case done(Status)
  /// The firmware's own error code. Source: AMD SEV API (55766), table "Status Codes".
  case refused(UInt32)
  /// The driver gave the secure processor up after a time-out and asks it no more.
  case dead
}

/// struct sev_user_data_status. Source: kernel include/uapi/linux/psp-sev.h.
struct SEVStatus: Sendable, Hashable {
  let apiMajor, apiMinor, build: UInt8
  /// 0 UNINIT, 1 INIT, 2 WORKING.
  let state: UInt8
  let guests: UInt32

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == 12, let guests = littleEndian(bytes, at: 8, as: UInt32.self) else { return nil }
    let first = bytes.startIndex
    (apiMajor, apiMinor, state) = (bytes[first], bytes[first + 1], bytes[first + 2])
    (build, self.guests) = (bytes[first + 7], guests)
  }

  /// Source: kernel drivers/crypto/ccp/sev-dev.c, SNP_MIN_API_MAJOR and SNP_MIN_API_MINOR.
  var canHostSNP: Bool { (apiMajor, apiMinor) >= (1, 51) }
}

/// struct sev_user_data_snp_status. Source: kernel include/uapi/linux/psp-sev.h; TCB layout AMD 56860, table "TCB_VERSION".
struct SNPStatus: Sendable, Hashable {
  let apiMajor, apiMinor: UInt8
  let isInitialised, hasRMP: Bool
  /// ALIAS_CHECK_COMPLETE; the kernel's header calls the bit reserved, older firmware leaves it 0.
  let hasCheckedAliases: Bool
  let build, guests: UInt32
  let currentTCB, reportedTCB: UInt64

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == 32, let build = littleEndian(bytes, at: 4, as: UInt32.self),
      let guests = littleEndian(bytes, at: 12, as: UInt32.self),
      let current = littleEndian(bytes, at: 16, as: UInt64.self),
      let reported = littleEndian(bytes, at: 24, as: UInt64.self)
    else { return nil }
    let first = bytes.startIndex
    (apiMajor, apiMinor, isInitialised) = (bytes[first], bytes[first + 1], bytes[first + 2] == 1)
    (hasRMP, self.build, self.guests) = (bytes[first + 3].bit(0), build, guests)
    hasCheckedAliases = bytes[first + 3].bit(1)
    (currentTCB, reportedTCB) = (current, reported)
  }

  var version: FirmwareVersion { FirmwareVersion(UInt32(apiMajor), UInt32(apiMinor), build) }

  /// The parts of the TCB that a guest's owner compares, by name. Source: AMD 56860, table "TCB_VERSION".
  func components(of tcb: UInt64, family: UInt32) -> [String] {
    let names = family >= 0x1a ? ["fmc", "bootloader", "tee", "snp"] : ["bootloader", "tee"]
    var parts = names.enumerated().map { "\($1)=\(tcb >> (8 * UInt64($0)) & 0xff)" }
    if family < 0x1a { parts.append("snp=\(tcb >> 48 & 0xff)") }
    return parts + ["microcode=\(tcb >> 56)"]
  }

  /// The SNP firmware's security version number: byte 6 of the TCB, byte 3 from family 1Ah on.
  func securityVersion(family: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: currentTCB >> (family >= 0x1a ? 24 : 48))
  }
}

extension HostSource {
  func sevStatus() -> Reading<FirmwareReply<SEVStatus>> { reply(.sevPlatformStatus, SEVStatus.init) }
  func snpStatus() -> Reading<FirmwareReply<SNPStatus>> { reply(.snpPlatformStatus, SNPStatus.init) }

  private func reply<Status>(
    _ ioctl: Ioctl, _ parse: (ArraySlice<UInt8>) -> Status?
  ) -> Reading<FirmwareReply<Status>> {
    // Source: kernel drivers/crypto/ccp/sev-dev.c, __sev_do_cmd_locked(): -EBUSY (16) for psp_dead, and for nothing else.
    if case .failed(code: 16, _) = ask(.ioctl(ioctl)) { return Reading(.ioctl(ioctl), .value(.dead)) }
    return read(.ioctl(ioctl)) { bytes in
      // The longer of the two structures behind the code, and codes are small: 0xffff is the driver's own.
      guard let code = littleEndian(bytes, as: UInt32.self), bytes.count <= 36, code <= 0xffff else {
        return nil
      }
      return code == 0 ? parse(bytes.dropFirst(4)).map(FirmwareReply.done) : .refused(code)
    }
  }
}
