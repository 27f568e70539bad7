// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// begin: has the kernel begin a SEV, a SEV-ES and a SEV-SNP guest, as far as a machine without encryption can go:
// KVM_CREATE_VM, then KVM_SEV_INIT2, or before kernel 6.10 KVM_SEV_INIT and KVM_SEV_ES_INIT. Prints `ok` or the errno
// for each, parted by tabs. Runs after the agent: it makes the kernel initialise the secure processor.
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

// Written out, because the headers we build with may be older than the kernel that runs.
// Source: kernel 6.12 arch/x86/include/uapi/asm/kvm.h.
enum { VM_TYPES = 235, SEV_INIT = 0, SEV_ES_INIT = 1, SEV_INIT2 = 22, SEV_VM = 2, SEV_ES_VM = 3, SNP_VM = 4 };

struct begin_arguments {
  uint64_t vmsa_features;
  uint32_t flags;
  uint16_t ghcb_version, pad1;
  uint32_t pad2[8];
};

static int begin(int kvm, int psp, int listed, int type) {
  struct begin_arguments arguments = {0};
  struct kvm_sev_cmd command = {.id = SEV_INIT2, .data = (uintptr_t)&arguments, .sev_fd = (uint32_t)psp};
  if (!listed) {
    if (type == SNP_VM) return EINVAL;
    command.id = type == SEV_VM ? SEV_INIT : SEV_ES_INIT;
    command.data = 0;
  }
  int guest = ioctl(kvm, KVM_CREATE_VM, listed ? type : 0);
  if (guest < 0) return errno;
  int status = ioctl(guest, KVM_MEMORY_ENCRYPT_OP, &command) ? errno : 0;
  close(guest);
  return status;
}

int main(void) {
  static const int types[] = {SEV_VM, SEV_ES_VM, SNP_VM};
  int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC), psp = open("/dev/sev", O_RDWR | O_CLOEXEC);
  int listed = ioctl(kvm, KVM_CHECK_EXTENSION, VM_TYPES) > 1;
  for (int i = 0; i < 3; i++) {
    int status = begin(kvm, psp, listed, types[i]);
    printf("%s%s", i ? "\t" : "", status ? strerrorname_np(status) : "ok");
  }
  puts("");
  return 0;
}
