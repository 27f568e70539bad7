// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Files, links and directories, each by its name in an open folder and with as few calls as the kernel can be asked by.
#ifndef CHOST_FILE_H
#define CHOST_FILE_H
#include <stddef.h>
#include <sys/types.h>

enum {
  /// Nothing but regular files, and through no link: -ELOOP where the name is one.
  CHOST_FENCED = 1,
  /// An attribute of sysfs: what is shorter than a page comes with one read. Source: kernel Documentation/filesystems/sysfs.rst.
  CHOST_ATTRIBUTE = 2,
};

/// The first `size` bytes of a file; their number, or -errno.
ssize_t chost_read_in(int folder, const char *name, int how, char *buffer, size_t size);

/// The target of a link; its length, or -errno, which is -EINVAL for what is no link.
ssize_t chost_link_in(int folder, const char *name, char *buffer, size_t size);

/// Opens a directory to list it; with CHOST_FENCED, -ELOOP where the name is a link.
int chost_directory_in(int folder, const char *name, int how);

/// The names in an open directory, sorted bytewise, a newline behind each; without . and ... The caller frees `names`.
/// 0 or -errno: -EOVERFLOW beyond `limit` bytes, -EBADMSG for a name with a newline in it.
int chost_names(int directory, size_t limit, char **names, size_t *length);
#endif
