// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Files without a name.
#ifndef CHOST_MEMORY_H
#define CHOST_MEMORY_H

/// A descriptor of an empty file that only this process has, or -errno. Source: memfd_create(2); Linux 3.17.
int chost_memory_file(void);

#endif
