// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// The kernel's ring buffer.
#ifndef CHOST_KLOG_H
#define CHOST_KLOG_H
#include <stddef.h>

/// The newest `size` bytes of the ring buffer, whole lines, oldest first. Nothing is consumed.
/// -EPERM: kernel.dmesg_restrict, or a sandbox.
int chost_kernel_log(char *buffer, size_t size, size_t *length);
#endif
