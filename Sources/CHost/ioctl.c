// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#include "chost_ioctl.h"

#include <errno.h>
#include <linux/kvm.h>
#include <string.h>
#include <sys/ioctl.h>

int chost_kvm_api_version(int kvm, int32_t *version) {
  int result = ioctl(kvm, KVM_GET_API_VERSION, 0);
  if (result < 0) return -errno;
  *version = result;
  return 0;
}

int chost_kvm_check_extension(int kvm, uint32_t capability, int32_t *value) {
  int result = ioctl(kvm, KVM_CHECK_EXTENSION, (unsigned long)capability);
  if (result < 0) return -errno;
  *value = result;
  return 0;
}

// Written out because <linux/psp-sev.h> of the kernels we build on may lack command 9.
// Source: kernel include/uapi/linux/psp-sev.h, struct sev_issue_cmd and SEV_ISSUE_CMD, 0xC0105300.
struct issue_command {
  uint32_t command;
  uint64_t data;
  uint32_t error;
} __attribute__((packed));
_Static_assert(sizeof(struct issue_command) == 16, "struct sev_issue_cmd is packed");
#define ISSUE_COMMAND _IOWR('S', 0x0, struct issue_command)
_Static_assert(ISSUE_COMMAND == 0xC0105300, "SEV_ISSUE_CMD");

// The only two commands that change nothing. Even through a read-only descriptor others erase keys (0, 2, 4),
// commit firmware (10) or, sent to an uninitialised platform, end in a full shutdown (3, 5).
enum read_only_command { PLATFORM_STATUS = 1, SNP_PLATFORM_STATUS = 9 };

static int issue(int psp, enum read_only_command command, void *out, size_t size, int32_t *firmware_error) {
  struct issue_command request = {.command = command, .data = (uint64_t)(uintptr_t)out};
  memset(out, 0, size);
  int status = ioctl(psp, ISSUE_COMMAND, &request) ? -errno : 0;
  // The kernel writes the request back even where the call fails.
  *firmware_error = (int32_t)request.error;
  return status;
}

int chost_sev_platform_status(int psp, uint8_t out[CHOST_SEV_STATUS_SIZE], int32_t *firmware_error) {
  return issue(psp, PLATFORM_STATUS, out, CHOST_SEV_STATUS_SIZE, firmware_error);
}

int chost_snp_platform_status(int psp, uint8_t out[CHOST_SNP_STATUS_SIZE], int32_t *firmware_error) {
  return issue(psp, SNP_PLATFORM_STATUS, out, CHOST_SNP_STATUS_SIZE, firmware_error);
}

int chost_terminal_columns(int descriptor, int *columns) {
  struct winsize size = {0};
  if (ioctl(descriptor, TIOCGWINSZ, &size)) return -errno;
  *columns = size.ws_col;
  return 0;
}
