// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#include "chost_klog.h"

#include <errno.h>
#include <limits.h>
#include <sys/klog.h>

// Source: syslog(2), SYSLOG_ACTION_READ_ALL.
enum { READ_ALL = 3 };

int chost_kernel_log(char *buffer, size_t size, size_t *length) {
  if (size > INT_MAX) return -EINVAL;
  int got = klogctl(READ_ALL, buffer, (int)size);
  if (got < 0) return -errno;
  *length = (size_t)got;
  return 0;
}
