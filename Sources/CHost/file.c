// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "chost_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Read only, never our controlling terminal, and no waiting for a FIFO's writer.
enum { READ_ONLY = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, PAGE = 4096 };

/// `length`: after so many bytes there is nothing more to ask for; -1: not known.
static ssize_t contents(int file, off_t length, bool attribute, char *buffer, size_t size) {
  size_t used = 0;
  while (used < size) {
    ssize_t got = read(file, buffer + used, size - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -errno;
    used += (size_t)got;
    if (got == 0 || (off_t)used == length || (attribute && got < PAGE)) break;
  }
  return (ssize_t)used;
}

ssize_t chost_read_in(int folder, const char *name, int how, char *buffer, size_t size) {
  off_t length = -1;
  int flags = READ_ONLY;
  if (how & CHOST_FENCED) {
    struct stat about;
    if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW)) return -errno;
    if (S_ISLNK(about.st_mode)) return -ELOOP;
    // As reading a directory fails everywhere else.
    if (!S_ISREG(about.st_mode)) return S_ISDIR(about.st_mode) ? -EISDIR : -EINVAL;
    // Files that are made as they are read have no length, or a page's.
    if (about.st_size > 0) length = about.st_size;
    flags |= O_NOFOLLOW;
  }
  int file = openat(folder, name, flags);
  if (file < 0) return -errno;
  ssize_t used = contents(file, length, how & CHOST_ATTRIBUTE, buffer, size);
  close(file);
  return used;
}

ssize_t chost_link_in(int folder, const char *name, char *buffer, size_t size) {
  ssize_t length = readlinkat(folder, name, buffer, size);
  return length < 0 ? -errno : length;
}

int chost_directory_in(int folder, const char *name, int how) {
  if (how & CHOST_FENCED) {
    struct stat about;
    if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW)) return -errno;
    if (S_ISLNK(about.st_mode)) return -ELOOP;
  }
  int directory = openat(folder, name, READ_ONLY | O_DIRECTORY | (how & CHOST_FENCED ? O_NOFOLLOW : 0));
  return directory < 0 ? -errno : directory;
}

struct list {
  char *bytes;  // each name with a NUL behind it
  size_t used, room, count;
};

static int add(struct list *list, const char *name, size_t limit) {
  size_t size = strlen(name) + 1;
  if (!strcmp(name, ".") || !strcmp(name, "..")) return 0;
  if (strchr(name, '\n')) return -EBADMSG;
  if (list->used + size > limit) return -EOVERFLOW;
  if (list->used + size > list->room) {
    size_t room = 2 * list->room + 1024;
    char *grown = realloc(list->bytes, room);
    if (!grown) return -ENOMEM;
    list->bytes = grown;
    list->room = room;
  }
  memcpy(list->bytes + list->used, name, size);
  list->used += size;
  list->count += 1;
  return 0;
}

/// All that the kernel has to say; a listing with so much room is one call, and one more that says it was all.
static int collect(int directory, size_t limit, struct list *list) {
  _Alignas(struct dirent64) char chunk[32768];
  for (;;) {
    long got = syscall(SYS_getdents64, directory, chunk, sizeof chunk);
    if (got <= 0) return got < 0 ? -errno : 0;
    for (long at = 0; at < got;) {
      const struct dirent64 *entry = (const struct dirent64 *)(chunk + at);
      int error = add(list, entry->d_name, limit);
      if (error) return error;
      at += entry->d_reclen;
    }
  }
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/// The names once more, in order.
static char *sorted(const struct list *list) {
  char **order = malloc((list->count + 1) * sizeof *order);
  char *output = malloc(list->used + 1), *end = output;
  if (order && output) {
    char *next = list->bytes;
    for (size_t index = 0; index < list->count; index++, next += strlen(next) + 1) order[index] = next;
    qsort(order, list->count, sizeof *order, by_bytes);
    for (size_t index = 0; index < list->count; index++) {
      end = stpcpy(end, order[index]);
      *end++ = '\n';
    }
  }
  if (!order) {
    free(output);
    output = NULL;
  }
  free(order);
  return output;
}

int chost_names(int directory, size_t limit, char **names, size_t *length) {
  struct list list = {0};
  int error = collect(directory, limit, &list);
  *names = error ? NULL : sorted(&list);
  *length = list.used;
  free(list.bytes);
  return error ? error : *names ? 0 : -ENOMEM;
}
