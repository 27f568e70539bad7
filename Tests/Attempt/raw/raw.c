// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "raw.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

long raw_call(long number, long a, long b, long c, long d) { return syscall(number, a, b, c, d, 0, 0); }

long raw_openat2(const char *path, int flags) {
  struct open_how how = {.flags = (unsigned)flags};
  return syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
}

long raw_execute(const char *path) {
  char *const arguments[] = {(char *)path, NULL};
  // What runs instead of us prints nothing.
  return execve(path, arguments, NULL);
}

long raw_fork(void) {
  pid_t child = fork();
  if (child == 0) _exit(0);
  if (child > 0) waitpid(child, NULL, 0);
  return child;
}

long raw_map(int protection, int flags) {
  return mmap(NULL, 4096, protection, flags, -1, 0) == MAP_FAILED ? -1 : 0;
}

long raw_ioctl(const char *device, unsigned long request) {
  int file = open(device, O_RDONLY | O_CLOEXEC);
  return file < 0 ? file : ioctl(file, request, 0);
}

long raw_raise_limit(void) {
  struct rlimit limit = {.rlim_cur = 64, .rlim_max = 64};
  return setrlimit(RLIMIT_NOFILE, &limit);
}
