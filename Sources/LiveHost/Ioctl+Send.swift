// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

extension Ioctl {
  /// Sends the request to its open device node.
  func send(to device: borrowing Descriptor) -> Answer {
    switch self {
    case .kvmGetAPIVersion:
      var value: Int32 = 0
      // Safe: `value` lives until the call returns.
      let status = unsafe chost_kvm_api_version(device.number, &value)
      return Self.answer(status, littleEndianBytes(UInt32(bitPattern: value)), "\(self)")
    case .kvmCheckExtension(let capability):
      var value: Int32 = 0
      // Safe: `value` lives until the call returns.
      let status = unsafe chost_kvm_check_extension(device.number, capability, &value)
      return Self.answer(status, littleEndianBytes(UInt32(bitPattern: value)), "\(self)")
    case .sevPlatformStatus:
      return unsafe firmwareStatus(count: CHOST_SEV_STATUS_SIZE) { out, error in
        // Safe: `out` has the size that the function fills.
        unsafe chost_sev_platform_status(device.number, out, error)
      }
    case .snpPlatformStatus:
      return unsafe firmwareStatus(count: CHOST_SNP_STATUS_SIZE) { out, error in
        // Safe: `out` has the size that the function fills.
        unsafe chost_snp_platform_status(device.number, out, error)
      }
    }
  }

  private func firmwareStatus(
    count: Int, _ call: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int32>) -> Int32
  ) -> Answer {
    var bytes = [UInt8](repeating: 0, count: count)
    var firmware: Int32 = 0
    let status = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      // Safe: both outlive the call.
      unsafe call(buffer.baseAddress, &firmware)
    }
    switch (status, firmware) {
    case (-EIO, Int32(CHOST_FIRMWARE_NOT_CALLED)):
      return .failed(code: EIO, "\(self): the firmware was not called")
    // The firmware's own refusal is an answer of this host, not a failure to ask it.
    // Source: SEV API, AMD publication 55766, "Status codes".
    case (-EIO, let code) where code != 0: return .bytes(littleEndianBytes(UInt32(bitPattern: code)))
    case (-EINVAL, _): return .failed(code: EINVAL, "\(self): the kernel does not know this command")
    default: return Self.answer(status, littleEndianBytes(UInt32(0)) + bytes, "\(self)")
    }
  }

  private static func answer(_ status: Int32, _ bytes: [UInt8], _ what: String) -> Answer {
    status == 0 ? .bytes(bytes) : SystemError(-status).answer(what)
  }
}
