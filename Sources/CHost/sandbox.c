// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "chost_sandbox.h"

#include <dlfcn.h>
#include <errno.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int chost_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ? -errno : 0; }

int chost_keep_capabilities(uint64_t keep) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
  // EINVAL ends the list: the kernel has no such capability. EPERM: without CAP_SETPCAP the bounding set stays, and bounds
  // nothing, for no_new_privs lets no program bring capabilities in.
  for (int each = 0; each < 64; each++) {
    if (!(keep >> each & 1) && prctl(PR_CAPBSET_DROP, each, 0, 0, 0)) break;
  }
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  if (syscall(SYS_capget, &header, sets)) return -errno;
  for (int half = 0; half < _LINUX_CAPABILITY_U32S_3; half++) {
    uint32_t kept = (uint32_t)(keep >> 32 * half);
    sets[half].permitted &= kept;
    sets[half].effective &= kept;
    sets[half].inheritable = 0;
  }
  return syscall(SYS_capset, &header, sets) ? -errno : 0;
}

// Written out because <linux/landlock.h> of the kernels we build on may lack the later members.
// Source: kernel include/uapi/linux/landlock.h, with the ABI version that brought each.
enum {
  EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, REMOVE_DIR = 1 << 4, REMOVE_FILE = 1 << 5, MAKE_REG = 1 << 8, MAKE_SYM = 1 << 12,
  REFER = 1 << 13,     // 2
  TRUNCATE = 1 << 14,  // 3
};
enum { BIND_TCP = 1 << 0, CONNECT_TCP = 1 << 1 };  // 4
enum { ABSTRACT_SOCKET = 1 << 0, SIGNAL = 1 << 1 };  // 6
struct ruleset {
  uint64_t handled_access_fs, handled_access_net, scoped;
};
struct beneath {
  uint64_t allowed_access;
  int32_t parent_fd;
} __attribute__((packed));
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };  // the same number on every architecture
enum { ABI_VERSION = 1, PATH_BENEATH = 1 };

int chost_landlock(const int *folders, size_t count, int running) {
  long abi = syscall(CREATE_RULESET, NULL, 0, ABI_VERSION);
  if (abi < 0) return -errno;
  // All but reading: WRITE_FILE, then from REMOVE_DIR to MAKE_SYM without a gap.
  struct ruleset rules = {.handled_access_fs = WRITE_FILE | (2 * MAKE_SYM - REMOVE_DIR)};
  size_t size = sizeof rules.handled_access_fs;
  if (!running) rules.handled_access_fs |= EXECUTE;
  if (abi >= 2) rules.handled_access_fs |= REFER;
  if (abi >= 3) rules.handled_access_fs |= TRUNCATE;
  if (abi >= 4) {
    rules.handled_access_net = BIND_TCP | CONNECT_TCP;
    size += sizeof rules.handled_access_net;
  }
  if (abi >= 6) {
    // Who may start programs must be able to end them, and libvirt may listen on such a socket.
    if (!running) rules.scoped = ABSTRACT_SOCKET | SIGNAL;
    size += sizeof rules.scoped;
  }
  int ruleset = (int)syscall(CREATE_RULESET, &rules, size, 0), status = 0;
  if (ruleset < 0) return -errno;
  for (size_t each = 0; each < count && !status; each++) {
    struct stat found = {0};
    if (fstat(folders[each], &found)) status = -errno;
    uint64_t wanted = WRITE_FILE | TRUNCATE | (S_ISDIR(found.st_mode) ? REMOVE_FILE | MAKE_REG : 0);
    struct beneath rule = {.allowed_access = rules.handled_access_fs & wanted, .parent_fd = folders[each]};
    if (!status && syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0)) status = -errno;
  }
  if (!status && syscall(RESTRICT_SELF, ruleset, 0)) status = -errno;
  close(ruleset);
  return status;
}

int chost_filter_open(chost_filter **filter) {
  scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  *filter = context;
  if (!context) return -ENOSYS;
  // Most calls of a scan are the same few: the kernel's own bitmap serves those without conditions, a tree the others.
  seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  return 0;
}

static int number(const char *call) {
  int number = seccomp_syscall_resolve_name(call);
  return number < 0 ? -ENOENT : number;
}

int chost_filter_allow(chost_filter *filter, const char *call, const struct chost_condition *conditions, size_t count) {
  enum { ARGUMENTS = 6 };
  struct scmp_arg_cmp compared[ARGUMENTS];
  int which = number(call);
  if (which < 0) return which;
  if (count > ARGUMENTS) return -EINVAL;
  for (size_t each = 0; each < count; each++) {
    compared[each] = (struct scmp_arg_cmp){
      .arg = conditions[each].argument,
      .op = SCMP_CMP_MASKED_EQ,
      .datum_a = conditions[each].mask,
      .datum_b = conditions[each].value,
    };
  }
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, which, (unsigned)count, compared);
}

int chost_filter_kill(chost_filter *filter, const char *call) {
  int which = number(call);
  return which < 0 ? which : seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, which, 0);
}

int chost_filter_load(chost_filter *filter) {
  int status = seccomp_load(filter);
  seccomp_release(filter);
  return status;
}

void chost_filter_close(chost_filter *filter) { seccomp_release(filter); }

void chost_keep_library(const char *library) { dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE); }
