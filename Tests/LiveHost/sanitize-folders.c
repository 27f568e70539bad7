// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Files, links and directories by their names in an open folder.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chost_file.h"
#include "sanitize.h"

static void contents(int root) {
  char buffer[4096];
  for (int how = 0; how <= (CHOST_FENCED | CHOST_ATTRIBUTE); how++) {
    CHECK(chost_read_in(root, "inside", how, buffer, sizeof buffer) == 7 && !memcmp(buffer, "inside\n", 7));
    CHECK(chost_read_in(root, "inside", how, buffer, 3) == 3);
    CHECK(chost_read_in(root, "inside", how, buffer, 0) == 0);
    CHECK(chost_read_in(root, "missing", how, buffer, sizeof buffer) == -ENOENT);
    CHECK(chost_read_in(root, "folder", how, buffer, sizeof buffer) == -EISDIR);
    CHECK(chost_read_in(-1, "inside", how, buffer, sizeof buffer) == -EBADF);
  }
  CHECK(chost_read_in(root, "absolute", 0, buffer, sizeof buffer) == 8);
  CHECK(chost_read_in(root, "absolute", CHOST_FENCED, buffer, sizeof buffer) == -ELOOP);
  // A file without a length of its own, longer than a page.
  int proc = open("/proc", O_PATH | O_CLOEXEC);
  CHECK(chost_read_in(proc, "cpuinfo", CHOST_FENCED, buffer, sizeof buffer) > 0);
  close(proc);
  CHECK(mkfifoat(root, "pipe", 0600) == 0);
  CHECK(chost_read_in(root, "pipe", 0, buffer, sizeof buffer) == 0);
  CHECK(chost_read_in(root, "pipe", CHOST_FENCED, buffer, sizeof buffer) == -EINVAL);
  unlinkat(root, "pipe", 0);
}

static void links(int root) {
  char buffer[4096];
  CHECK(chost_link_in(root, "relative", buffer, sizeof buffer) == 9 && !memcmp(buffer, "../secret", 9));
  CHECK(chost_link_in(root, "relative", buffer, 4) == 4);
  CHECK(chost_link_in(root, "inside", buffer, sizeof buffer) == -EINVAL);
  CHECK(chost_link_in(root, "missing", buffer, sizeof buffer) == -ENOENT);
}

static int listed(int root, const char *name, int how, size_t limit, char **names, size_t *length) {
  int directory = chost_directory_in(root, name, how);
  if (directory < 0) return directory;
  int status = chost_names(directory, limit, names, length);
  close(directory);
  return status;
}

static void directories(int root) {
  char *names = NULL;
  size_t length = 0;
  CHECK(listed(root, "d", CHOST_FENCED, 64, &names, &length) == 0 && length == 2 && !memcmp(names, "e\n", 2));
  free(names);
  CHECK(listed(root, "folder", 0, 64, &names, &length) == 0 && length == 0);
  free(names);
  CHECK(listed(root, "up", CHOST_FENCED, 64, &names, &length) == -ELOOP);
  CHECK(listed(root, "inside", 0, 64, &names, &length) == -ENOTDIR);
  CHECK(listed(root, ".", 0, 8, &names, &length) == -EOVERFLOW && !names);
  // Enough of them for several chunks.
  CHECK(mkdirat(root, "many", 0700) == 0);
  int many = openat(root, "many", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (int number = 0; number < 2000; number++) {
    char name[32];
    snprintf(name, sizeof name, "name-of-a-file-%04d", number);
    close(openat(many, name, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  }
  CHECK(listed(root, "many", CHOST_FENCED, 1 << 20, &names, &length) == 0 && length == 2000 * 20);
  for (size_t at = 20; at < length; at += 20) CHECK(memcmp(names + at - 20, names + at, 20) < 0);
  free(names);
  close(openat(many, "a\nb", O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  CHECK(listed(root, "many", 0, 1 << 20, &names, &length) == -EBADMSG && !names);
  close(many);
}

void folders(const char *tree) {
  int root = open(tree, O_PATH | O_DIRECTORY | O_CLOEXEC);
  contents(root);
  links(root);
  directories(root);
  close(root);
}
