// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Archives and compressed files, read with libarchive into memory. Nothing is written anywhere.
#ifndef CHOST_ARCHIVE_H
#define CHOST_ARCHIVE_H
#include <stddef.h>
#include <stdint.h>

enum chost_archive_kind {
  CHOST_ARCHIVE_FILE,
  CHOST_ARCHIVE_DIRECTORY,
  CHOST_ARCHIVE_SYMLINK,
  CHOST_ARCHIVE_HARDLINK,
  /// A device, a socket or a pipe.
  CHOST_ARCHIVE_OTHER,
  /// Not an archive: one compressed file.
  CHOST_ARCHIVE_RAW,
};

struct chost_archive;

/// The strings live until the next call on the same archive.
struct chost_archive_entry {
  enum chost_archive_kind kind;
  const char *path;
  const char *target;
};

/// Begins to read `length` bytes, which must stay until close. -ENOENT: libarchive is not installed.
/// -ENOSYS: it lacks a function we need. -EIO: it refused; the caller frees `why`.
int chost_archive_open(const uint8_t *bytes, size_t length, struct chost_archive **out, char **why);

/// The same from an open file, which must stay open until close.
int chost_archive_open_file(int descriptor, struct chost_archive **out, char **why);

/// 1: `out` is the next entry. 0: there are no more. -EIO: damaged; the caller frees `why`.
int chost_archive_next(struct chost_archive *archive, struct chost_archive_entry *out, char **why);

/// Bytes of the current entry copied to `buffer`, 0 at its end; -EIO: damaged; the caller frees `why`.
int64_t chost_archive_read(struct chost_archive *archive, uint8_t *buffer, size_t room, char **why);

void chost_archive_close(struct chost_archive *archive);
#endif
