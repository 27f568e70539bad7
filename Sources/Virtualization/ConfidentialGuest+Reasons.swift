// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

/// Why a kind of guest cannot be started: the versions to upgrade to and the packages are its own.
extension ConfidentialGuest {
  var qemuNotFound: Reason {
    self == .secureExecution ? .qemuNotFoundOnS390x : .qemuNotFound
  }

  var qemuTooOld: Reason {
    switch self {
    case .sev, .sevES, .sevSNP, .tdx: .qemuTooOld
    case .sgx: .qemuTooOldForSGX
    case .secureExecution: .qemuTooOldForSecureExecution
    }
  }

  var libvirtTooOld: Reason {
    switch self {
    case .sev, .sevES, .sevSNP, .tdx: .libvirtTooOld
    case .sgx: .libvirtTooOldForSGX
    case .secureExecution: .libvirtTooOldForSecureExecution
    }
  }

  /// libvirt knows the kind and does not offer it.
  var notOffered: Reason {
    switch self {
    case .sev, .sevES: .libvirtWithoutSEV
    case .sevSNP, .tdx: .libvirtWithoutType
    case .sgx: .libvirtWithoutSGX
    case .secureExecution: .libvirtWithoutSecureExecution
    }
  }
}
