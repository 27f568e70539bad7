// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The secure processor's error codes with the names and causes that operators meet.
enum FirmwareError {
  /// `0x3 (INVALID_CONFIG: SMT, an offline CPU, the RMP or the BIOS)`; a code not listed stays bare.
  static func words(_ code: UInt32) -> String {
    let number = hex(code, width: 1)
    return rows[code].map { "\(number) (\($0))" } ?? number
  }

  /// Source: kernel include/uapi/linux/psp-sev.h, enum sev_ret_code; AMD SEV API (55766) and SNP ABI (56860), status codes.
  private static let rows: [UInt32: String] = [
    0x01: "INVALID_PLATFORM_STATE: SEV-SNP is half on, or the PSP bootloader too old",
    0x03: "INVALID_CONFIG: SMT, an offline CPU, the RMP or the BIOS",
    0x04: "INVALID_LEN", 0x09: "INVALID_ADDRESS",
    0x0c: "ASID_OWNED", 0x0d: "INVALID_ASID", 0x0e: "WBINVD_REQUIRED", 0x0f: "DF_FLUSH_REQUIRED",
    0x11: "INVALID_COMMAND: the firmware is too old",
    0x13: "HWSEV_RET_PLATFORM: the IOMMU or another BIOS setting",
    0x14: "HWSEV_RET_UNSAFE", 0x15: "UNSUPPORTED", 0x16: "INVALID_PARAM",
    0x17: "RESOURCE_LIMIT", 0x18: "SECURE_DATA_INVALID: the persistent data is damaged",
    0x1a: "INVALID_PAGE_STATE", 0x20: "RMP_INIT_REQUIRED", 0x21: "BAD_SVN", 0x22: "BAD_VERSION",
    0x23: "SHUTDOWN_REQUIRED", 0x24: "UPDATE_FAILED", 0x25: "RESTORE_REQUIRED",
    0x26: "RMP_INITIALIZATION_FAILED", 0x28: "SHUTDOWN_INCOMPLETE", 0x3a: "IN_USE",
  ]
}
