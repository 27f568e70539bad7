// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// System calls without a libc in between, for what Swift cannot name. Each returns what the kernel does: -1, and errno.
#ifndef RAW_H
#define RAW_H
long raw_call(long number, long a, long b, long c, long d);
long raw_openat2(const char *path, int flags);
long raw_execute(const char *path);
/// A child, if there is one, ends at once.
long raw_fork(void);
long raw_map(int protection, int flags);
/// ENOENT, ENXIO: there is no such device here.
long raw_ioctl(const char *device, unsigned long request);
long raw_raise_limit(void);
#endif
