// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// What a process gives up for good: capabilities, writing files, system calls. Each returns 0 or -errno.
#ifndef CHOST_SANDBOX_H
#define CHOST_SANDBOX_H
#include <stddef.h>
#include <stdint.h>

/// PR_SET_NO_NEW_PRIVS: from now on no execve gives more privilege. The two below need it where we are not root.
int chost_no_new_privileges(void);

/// Takes every capability that `keep` does not hold out of the permitted, effective and bounding sets, and all of them out
/// of the inheritable and ambient ones. Bit n: capability n. Source: capabilities(7).
int chost_keep_capabilities(uint64_t keep);

/// Landlock: no file is written, made, removed, renamed or run any more, no TCP connection is made, and no process outside is
/// signalled, as far as this kernel's Landlock goes. Below each of `count` folders, open with O_PATH, files may still be
/// written, made and removed; one that is no folder may be written. Running programs is refused only where `running` is 0. -ENOSYS, -EOPNOTSUPP: no Landlock here.
/// Source: kernel Documentation/userspace-api/landlock.rst.
int chost_landlock(const int *folders, size_t count, int running);

/// A seccomp filter while it is put together. A call that it does not name fails with EPERM.
typedef struct chost_filter chost_filter;

/// An argument of a system call, masked, that must be `value`. Source: seccomp_rule_add(3), SCMP_CMP_MASKED_EQ.
struct chost_condition {
  uint32_t argument;  // from 0
  uint64_t mask;
  uint64_t value;
};

/// -ENOSYS: this kernel has no seccomp filters.
int chost_filter_open(chost_filter **filter);

/// Lets a system call through where all `count` conditions hold. -ENOENT: this architecture has no call of that name.
int chost_filter_allow(chost_filter *filter, const char *call, const struct chost_condition *conditions, size_t count);

/// The call ends the process.
int chost_filter_kill(chost_filter *filter, const char *call);

/// Installs the filter for this process and its children; the filter is gone in every case.
int chost_filter_load(chost_filter *filter);
void chost_filter_close(chost_filter *filter);

/// Keeps a library in the process for good, so that it can be opened again when nothing can be mapped to run any more.
void chost_keep_library(const char *library);
#endif
