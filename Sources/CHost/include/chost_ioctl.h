// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// The few requests to /dev/kvm, /dev/sev and the terminal. Each only reads; none other can be sent.
#ifndef CHOST_IOCTL_H
#define CHOST_IOCTL_H
#include <stddef.h>
#include <stdint.h>

/// KVM_GET_API_VERSION on an open /dev/kvm.
int chost_kvm_api_version(int kvm, int32_t *version);

/// KVM_CHECK_EXTENSION on an open /dev/kvm; 0: this kernel does not have it.
int chost_kvm_check_extension(int kvm, uint32_t capability, int32_t *value);

enum { CHOST_SEV_STATUS_SIZE = 12, CHOST_SNP_STATUS_SIZE = 32 };

/// What the firmware said, apart from the kernel's errno. All ones: it was never called.
enum { CHOST_FIRMWARE_NOT_CALLED = -1 };

/// SEV_PLATFORM_STATUS on an open /dev/sev; struct sev_user_data_status. May wait uninterruptibly for
/// psp_cmd_timeout, 100 s: call it only in a process that someone is timing.
int chost_sev_platform_status(int psp, uint8_t out[CHOST_SEV_STATUS_SIZE], int32_t *firmware_error);

/// SNP_PLATFORM_STATUS, likewise; struct sev_user_data_snp_status. -EINVAL: the kernel is older than 6.9.
int chost_snp_platform_status(int psp, uint8_t out[CHOST_SNP_STATUS_SIZE], int32_t *firmware_error);

/// Width of the terminal behind `descriptor`. -ENOTTY: it is none.
int chost_terminal_columns(int descriptor, int *columns);
#endif
