// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The ioctls hostcap may send. Each only reads; there is no way to name another.
///
/// Source: kernel include/uapi/linux/kvm.h, include/uapi/linux/psp-sev.h.
public enum Ioctl: Hashable, Sendable {
  /// `/dev/kvm`, 0xAE00. Answer: int32, little endian; 12 on every kernel since 2.6.22.
  case kvmGetAPIVersion
  /// `/dev/kvm`, 0xAE03 with a capability's number. Answer: int32, little endian; 0 means not supported.
  case kvmCheckExtension(UInt32)
  /// `/dev/sev`, SEV_ISSUE_CMD 1. Answer: the firmware's error code, uint32, little endian; where that is 0, then
  /// struct sev_user_data_status, 12 bytes.
  case sevPlatformStatus
  /// `/dev/sev`, SEV_ISSUE_CMD 9. Answer: the firmware's error code as above, then struct sev_user_data_snp_status,
  /// 32 bytes. Absent: the kernel has not switched SEV-SNP on (ENODEV). Since kernel 6.9; EINVAL before.
  case snpPlatformStatus

  static let kvm = "/dev/kvm"
  static let psp = "/dev/sev"

  /// The device node that is opened, read only.
  public var device: String {
    switch self {
    case .kvmGetAPIVersion, .kvmCheckExtension: Self.kvm
    case .sevPlatformStatus, .snpPlatformStatus: Self.psp
    }
  }
}

extension Ioctl: CustomStringConvertible {
  public var description: String {
    switch self {
    case .kvmGetAPIVersion: "KVM_GET_API_VERSION"
    case .kvmCheckExtension(let capability): "KVM_CHECK_EXTENSION(\(capability))"
    case .sevPlatformStatus: "SEV_PLATFORM_STATUS"
    case .snpPlatformStatus: "SNP_PLATFORM_STATUS"
    }
  }

  /// Reads the form that `description` writes.
  public init?(_ text: String) {
    let extensionPrefix = "KVM_CHECK_EXTENSION("
    switch text {
    case "KVM_GET_API_VERSION": self = .kvmGetAPIVersion
    case "SEV_PLATFORM_STATUS": self = .sevPlatformStatus
    case "SNP_PLATFORM_STATUS": self = .snpPlatformStatus
    case _ where text.hasPrefix(extensionPrefix) && text.hasSuffix(")"):
      guard let capability = UInt32(text.dropFirst(extensionPrefix.count).dropLast()) else { return nil }
      self = .kvmCheckExtension(capability)
    default: return nil
    }
  }
}
