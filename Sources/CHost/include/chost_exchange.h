// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Two names change places at once.
#ifndef CHOST_EXCHANGE_H
#define CHOST_EXCHANGE_H

/// 0, or -errno. -EINVAL: this file system cannot. Source: renameat2(2), RENAME_EXCHANGE; Linux 3.15.
int chost_exchange(const char *one, const char *other);

/// Puts everything of the file system that `descriptor` is on onto its disk: 0, or -errno. Source: syncfs(2).
int chost_sync(int descriptor);
#endif
