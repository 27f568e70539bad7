// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Only the formats and filters that dumps come in are switched on: every other one would be attack surface.
#define _GNU_SOURCE
#include "chost_archive.h"
#include "dlopen_note.h"
#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

DLOPEN_NOTE(chost_archive_note,
                  "[{\"feature\":\"archive\",\"description\":\"Reads dumps out of archives and compressed files\","
                  "\"priority\":\"suggested\",\"soname\":[\"libarchive.so.13\"]}]");

#define FUNCTIONS(F)                                                                                      \
  F(archive_read_new) F(archive_read_free) F(archive_read_support_format_tar)                              \
  F(archive_read_support_format_cpio) F(archive_read_support_format_zip)                                   \
  F(archive_read_support_format_raw) F(archive_read_support_filter_gzip)                                   \
  F(archive_read_support_filter_bzip2) F(archive_read_support_filter_xz)                                   \
  F(archive_read_support_filter_zstd) F(archive_read_open_memory) F(archive_read_open_fd) F(archive_read_next_header)              \
  F(archive_read_data) F(archive_format) F(archive_error_string) F(archive_entry_pathname)                 \
  F(archive_entry_pathname_utf8) F(archive_entry_symlink) F(archive_entry_hardlink) F(archive_entry_filetype)

struct chost_archive {
  void *library;
  struct archive *reader;
#define FIELD(name) __typeof__(&name) name;
  FUNCTIONS(FIELD)
#undef FIELD
};

static int failure(struct chost_archive *archive, char **why) {
  const char *text = archive->archive_error_string(archive->reader);
  *why = strdup(text ? text : "damaged");
  return -EIO;
}

// Each filter may also say ARCHIVE_WARN: libarchive then runs an external program. That is refused.
static int switch_on(struct chost_archive *archive) {
  struct archive *reader = archive->reader;
  return archive->archive_read_support_format_tar(reader) || archive->archive_read_support_format_cpio(reader) ||
         archive->archive_read_support_format_zip(reader) || archive->archive_read_support_format_raw(reader) ||
         archive->archive_read_support_filter_gzip(reader) || archive->archive_read_support_filter_bzip2(reader) ||
         archive->archive_read_support_filter_xz(reader) || archive->archive_read_support_filter_zstd(reader);
}

// A reader that knows our formats and has nothing to read yet.
static int make(struct chost_archive **out, char **why) {
  *out = NULL;
  *why = NULL;
  struct chost_archive *archive = calloc(1, sizeof *archive);
  if (!archive) return -ENOMEM;
  int status = 0;
  if (!(archive->library = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL))) {
    free(archive);
    return -ENOENT;
  }
#define LOAD(name) \
  if (!(archive->name = (__typeof__(&name))dlsym(archive->library, #name))) status = -ENOSYS;
  FUNCTIONS(LOAD)
#undef LOAD
  if (!status && !(archive->reader = archive->archive_read_new())) status = -ENOMEM;
  if (!status && switch_on(archive)) status = failure(archive, why);
  if (status) {
    chost_archive_close(archive);
    return status;
  }
  *out = archive;
  return 0;
}

static int opened(struct chost_archive **out, int status, char **why) {
  if (!status) return 0;
  status = failure(*out, why);
  chost_archive_close(*out);
  *out = NULL;
  return status;
}

int chost_archive_open(const uint8_t *bytes, size_t length, struct chost_archive **out, char **why) {
  int status = make(out, why);
  if (status) return status;
  return opened(out, (*out)->archive_read_open_memory((*out)->reader, bytes, length), why);
}

int chost_archive_open_file(int descriptor, struct chost_archive **out, char **why) {
  int status = make(out, why);
  if (status) return status;
  return opened(out, (*out)->archive_read_open_fd((*out)->reader, descriptor, 1 << 16), why);
}

int chost_archive_next(struct chost_archive *archive, struct chost_archive_entry *out, char **why) {
  struct archive_entry *entry = NULL;
  *why = NULL;
  int status = archive->archive_read_next_header(archive->reader, &entry);
  if (status == ARCHIVE_EOF) return 0;
  // ARCHIVE_WARN: a header field that does not matter here could not be understood.
  if ((status != ARCHIVE_OK && status != ARCHIVE_WARN) || !entry) return failure(archive, why);
  out->path = archive->archive_entry_pathname(entry);
  if (!out->path) out->path = archive->archive_entry_pathname_utf8(entry);
  out->target = archive->archive_entry_hardlink(entry);
  out->kind = CHOST_ARCHIVE_OTHER;
  if (archive->archive_format(archive->reader) == ARCHIVE_FORMAT_RAW) {
    out->kind = CHOST_ARCHIVE_RAW;
  } else if (out->target) {
    out->kind = CHOST_ARCHIVE_HARDLINK;
  } else if (archive->archive_entry_filetype(entry) == AE_IFREG) {
    out->kind = CHOST_ARCHIVE_FILE;
  } else if (archive->archive_entry_filetype(entry) == AE_IFDIR) {
    out->kind = CHOST_ARCHIVE_DIRECTORY;
  } else if (archive->archive_entry_filetype(entry) == AE_IFLNK) {
    out->target = archive->archive_entry_symlink(entry);
    out->kind = CHOST_ARCHIVE_SYMLINK;
  }
  return 1;
}

int64_t chost_archive_read(struct chost_archive *archive, uint8_t *buffer, size_t room, char **why) {
  *why = NULL;
  int64_t got = archive->archive_read_data(archive->reader, buffer, room);
  return got < 0 ? failure(archive, why) : got;
}

void chost_archive_close(struct chost_archive *archive) {
  if (!archive) return;
  if (archive->reader) archive->archive_read_free(archive->reader);
  if (archive->library) dlclose(archive->library);
  free(archive);
}
