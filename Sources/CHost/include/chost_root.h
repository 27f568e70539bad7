// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Opening paths as if another directory were the root, and telling what kind of file system lies there.
#ifndef CHOST_ROOT_H
#define CHOST_ROOT_H
#include <stdint.h>

/// Opens `path` below the directory `root` as a process chrooted there would: absolute links and `..` stay inside,
/// the magic links of /proc are not followed. The result is a descriptor, close-on-exec, or -errno.
int chost_open_inside(int root, const char *path, int flags);

/// The same without openat2(2), for kernels before 5.6 and sandboxes that hide it.
int chost_walk_inside(int root, const char *path, int flags);

/// statfs(2)'s f_type. Source of the numbers: kernel include/uapi/linux/magic.h.
int chost_filesystem(int descriptor, uint64_t *magic);
enum { CHOST_PROC_MAGIC = 0x9fa0, CHOST_SYSFS_MAGIC = 0x62656572 };
#endif
