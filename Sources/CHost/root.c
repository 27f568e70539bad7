// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "chost_root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

int chost_open_inside(int root, const char *path, int flags) {
  struct open_how how = {
      .flags = (uint64_t)(flags | O_CLOEXEC),
      .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
  };
  long descriptor = syscall(SYS_openat2, root, path, &how, sizeof how);
  if (descriptor >= 0) return (int)descriptor;
  // Sandboxes answer EPERM for calls they do not know, and EAGAIN is a rename that raced with `..`.
  // The walk then gets the kernel's word on the file itself.
  if (errno == ENOSYS || errno == EPERM || errno == EAGAIN) return chost_walk_inside(root, path, flags);
  return -errno;
}

// Source: path_resolution(7), MAXSYMLINKS. No path in /sys or /proc is nearly as deep as the second.
enum { LINK_LIMIT = 40, DEPTH_LIMIT = 128 };

struct walk {
  int parents[DEPTH_LIMIT];  // the directories from the root, which is [0] and not ours, to the current one
  int depth;                 // index of the current one
  int links;                 // followed so far
  char rest[2 * PATH_MAX];   // what is still to be walked
};

/// Takes the first name off `rest`; 0 where there is none left.
static size_t take_name(struct walk *walk, char name[NAME_MAX + 1]) {
  size_t skip = strspn(walk->rest, "/"), length = strcspn(walk->rest + skip, "/");
  if (length > NAME_MAX) return length;
  memcpy(name, walk->rest + skip, length);
  name[length] = 0;
  memmove(walk->rest, walk->rest + skip + length, strlen(walk->rest + skip + length) + 1);
  return length;
}

static void up_to(struct walk *walk, int depth) {
  while (walk->depth > depth) close(walk->parents[walk->depth--]);
}

/// Puts a link's target before what is still to be walked.
static int follow(struct walk *walk, int link) {
  char target[PATH_MAX];
  if (++walk->links > LINK_LIMIT) return -ELOOP;
  ssize_t length = readlinkat(link, "", target, sizeof target);
  if (length < 0) return -errno;
  size_t rest = strlen(walk->rest);
  if (length == 0) return -ENOENT;
  if ((size_t)length >= sizeof target || (size_t)length + rest >= sizeof walk->rest) return -ENAMETOOLONG;
  // The rest is empty or begins with the slash that ended the link's name.
  memmove(walk->rest + length, walk->rest, rest + 1);
  memcpy(walk->rest, target, (size_t)length);
  if (target[0] == '/') up_to(walk, 0);
  return 0;
}

/// The last name of a path: opened with the caller's flags. Never through a link; those were followed before.
static int open_last(const struct walk *walk, const char *name, int flags) {
  int descriptor = openat(walk->parents[walk->depth], name, flags | O_CLOEXEC | O_NOFOLLOW);
  return descriptor < 0 ? -errno : descriptor;
}

/// Walks one name. True: go on. False: `result` is the descriptor asked for, or -errno.
static bool step(struct walk *walk, const char *name, int flags, int *result) {
  bool is_last = walk->rest[strspn(walk->rest, "/")] == 0, slash = walk->rest[0] != 0;
  struct stat found;
  if (!strcmp(name, ".")) return true;
  if (!strcmp(name, "..")) {
    if (walk->depth) up_to(walk, walk->depth - 1);
    return true;
  }
  int here = openat(walk->parents[walk->depth], name, O_PATH | O_CLOEXEC | O_NOFOLLOW);
  *result = here < 0 || fstat(here, &found) ? -errno : 0;
  if (*result == 0 && S_ISLNK(found.st_mode) && !(is_last && !slash && flags & O_NOFOLLOW)) {
    *result = follow(walk, here);
    close(here);
    return *result == 0;
  }
  if (*result == 0 && is_last && !slash) {
    *result = open_last(walk, name, flags);
  } else if (*result == 0 && !S_ISDIR(found.st_mode)) {
    *result = -ENOTDIR;
  } else if (*result == 0 && walk->depth + 1 == DEPTH_LIMIT) {
    *result = -ENAMETOOLONG;
  } else if (*result == 0) {
    walk->parents[++walk->depth] = here;
    return true;
  }
  if (here >= 0) close(here);
  return false;
}

int chost_walk_inside(int root, const char *path, int flags) {
  struct walk *walk = malloc(sizeof *walk);
  char name[NAME_MAX + 1];
  int result = 0;
  if (!walk) return -ENOMEM;
  walk->parents[0] = root;
  walk->depth = walk->links = 0;
  if (strlen(path) >= PATH_MAX) {
    result = -ENAMETOOLONG;
  } else {
    strcpy(walk->rest, path);
  }
  while (!result) {
    size_t length = take_name(walk, name);
    if (length > NAME_MAX) {
      result = -ENAMETOOLONG;
    } else if (length == 0) {
      result = open_last(walk, ".", flags);
      break;
    } else if (!step(walk, name, flags, &result)) {
      break;
    }
  }
  up_to(walk, 0);
  free(walk);
  return result;
}

int chost_filesystem(int descriptor, uint64_t *magic) {
  struct statfs about;
  if (fstatfs(descriptor, &about)) return -errno;
  *magic = (uint64_t)about.f_type;
  return 0;
}
