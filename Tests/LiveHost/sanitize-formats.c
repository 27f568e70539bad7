// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// What strangers write and C reads: whole, cut anywhere, and with any byte changed.
#define _GNU_SOURCE
#include "chost_archive.h"
#include "chost_exchange.h"
#include "chost_memory.h"
#include "chost_xml.h"
#include "sanitize.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Members that were read to their end, or -1: damaged.
static int members(struct chost_archive *archive) {
  struct chost_archive_entry entry;
  char *why = NULL;
  int count = 0, status;
  while ((status = chost_archive_next(archive, &entry, &why)) == 1) {
    CHECK(!entry.path || strlen(entry.path) < 4096);
    CHECK(!entry.target || strlen(entry.target) < 4096);
    uint8_t buffer[1000];
    int64_t got;
    while ((got = chost_archive_read(archive, buffer, sizeof buffer, &why)) > 0) CHECK(got <= (int64_t)sizeof buffer);
    CHECK((got < 0) == (why != NULL));
    free(why);
    if (got < 0) return -1;
    if (++count > 1000) break;
  }
  CHECK((status < 0) == (why != NULL));
  free(why);
  return status < 0 ? -1 : count;
}

static int unpacked(const uint8_t *bytes, size_t length) {
  struct chost_archive *archive = NULL;
  char *why = NULL;
  int status = chost_archive_open(bytes, length, &archive, &why);
  CHECK((status == 0) == (archive != NULL));
  int count = status ? -1 : members(archive);
  free(why);
  chost_archive_close(archive);
  return count;
}

static void archives(const char *path) {
  uint8_t bytes[65536];
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = read(file, bytes, sizeof bytes);
  CHECK(length > 512);
  struct chost_archive *archive = NULL;
  char *why = NULL;
  lseek(file, 0, SEEK_SET);
  int status = chost_archive_open_file(file, &archive, &why);
  free(why);
  if (status == -ENOENT) {
    puts("SKIPPED: libarchive.so.13 is not installed");
    close(file);
    return;
  }
  CHECK(status == 0 && members(archive) == 4);
  chost_archive_close(archive);
  close(file);
  CHECK(chost_archive_open_file(-1, &archive, &why) == -EIO || members(archive) == -1);
  chost_archive_close(archive);
  free(why);
  chost_archive_close(NULL);
  CHECK(unpacked(bytes, (size_t)length) == 4);
  // A copy of the very length, so that a read past it is seen.
  for (ssize_t place = 0; place < length; place += 3) {
    uint8_t *copy = malloc((size_t)length);
    memcpy(copy, bytes, (size_t)length);
    copy[place] ^= 1 << (place % 8);
    unpacked(copy, (size_t)length);
    free(copy);
    copy = malloc((size_t)place + 1);
    memcpy(copy, bytes, (size_t)place + 1);
    unpacked(copy, (size_t)place + 1);
    free(copy);
  }
}

static int flattened(const char *text, size_t length, unsigned depth, size_t limit) {
  uint8_t *events = NULL, *copy = malloc(length + !length);
  size_t count = 0, consumed = 0;
  unsigned long line = 0;
  const char *why = NULL;
  memcpy(copy, text, length);
  int status = chost_xml_flatten(copy, length, depth, limit, &events, &count, &consumed, &line, &why);
  CHECK((status == 0) == (events != NULL));
  CHECK(status || (count <= limit && consumed <= length && count > 0));
  CHECK(status != -EBADMSG || (why && line > 0));
  free(copy);
  free(events);
  return status;
}

static void documents(void) {
  static const char whole[] = "<?xml version='1.0'?>\n<!-- c --><a x='1' y='&lt;'>t&#228;xt<b/><c>\xc3\xa4</c></a>\n<d/>";
  size_t length = strlen(whole);
  CHECK(flattened(whole, length, 64, 1 << 20) == 0);
  for (size_t limit = 0; limit < 60; limit++) flattened(whole, length, 64, limit);
  CHECK(flattened(whole, length, 1, 1 << 20) == -EBADMSG);
  CHECK(flattened("", 0, 64, 1 << 20) == -ENODATA);
  CHECK(flattened(" <!-- -->", 9, 64, 1 << 20) == -ENODATA);
  for (size_t cut = 0; cut < length; cut++) {
    flattened(whole, cut, 64, 1 << 20);
    for (int bit = 0; bit < 8; bit++) {
      char changed[sizeof whole];
      memcpy(changed, whole, sizeof whole);
      changed[cut] ^= (char)(1 << bit);
      flattened(changed, length, 64, 1 << 20);
    }
  }
  static const char entity[] = "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;'>]><a>&z;</a>";
  CHECK(flattened(entity, strlen(entity), 64, 1 << 20) == -EBADMSG);
  char deep[4000];
  for (size_t i = 0; i < 1000; i++) memcpy(deep + 3 * i, "<a>", 3);
  CHECK(flattened(deep, 3000, 64, 1 << 20) == -EBADMSG);
  // Longer than the first buffer.
  char *wide = malloc(1 << 18);
  memset(wide, 'x', 1 << 18);
  memcpy(wide, "<a>", 3);
  memcpy(wide + (1 << 18) - 4, "</a>", 4);
  CHECK(flattened(wide, 1 << 18, 64, 1 << 20) == 0);
  CHECK(flattened(wide, 1 << 18, 64, 1 << 16) == -EBADMSG);
  free(wide);
}

void formats(const char *archive) {
  archives(archive);
  documents();
}

void arc4random_buf(void *buffer, size_t size);

void files(const char *folder) {
  int file = chost_memory_file();
  CHECK(file >= 0 && write(file, "x", 1) == 1);
  CHECK(chost_sync(file) == 0 && chost_sync(-1) == -EBADF);
  close(file);
  char one[4096], other[4096];
  snprintf(one, sizeof one, "%s/inside", folder);
  snprintf(other, sizeof other, "%s/folder", folder);
  int status = chost_exchange(one, other);
  // There are file systems that cannot.
  CHECK(status == 0 || status == -EINVAL);
  CHECK(status || chost_exchange(other, one) == 0);
  CHECK(chost_exchange(one, "/no/such") == -ENOENT);
  for (size_t size = 0; size < 1000; size += 111) {
    uint8_t *bytes = calloc(1, size + 1);
    arc4random_buf(bytes, size);
    CHECK(bytes[size] == 0);
    free(bytes);
  }
  volatile float x = 3e38f, zero = 0;
  volatile double y = 3, z = 4;
  CHECK(hypotf(x, zero) == x && hypot(y, z) == 5 && isinf(hypot(INFINITY, z)) && isinf(hypotf(x, -INFINITY)));
}
