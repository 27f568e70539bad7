// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// A process that goes on as its own child, and one that gives things up: each in a child, for neither can be taken back.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chost_sandbox.h"
#include "chost_supervise.h"
#include "sanitize.h"

static void progress(void) {
  chost_progress *page = chost_progress_make();
  CHECK(page != NULL);
  if (!page) return;
  uint8_t asked[CHOST_PROGRESS_LIMIT], long_text[2 * CHOST_PROGRESS_LIMIT];
  memset(long_text, 'x', sizeof long_text);
  CHECK(chost_progress_turn(page) == 0 && chost_progress_asked(page, asked) == 0);
  chost_progress_begin(page, (const uint8_t *)"/proc/cpuinfo", 13);
  CHECK(chost_progress_turn(page) == 1 && chost_progress_asked(page, asked) == 13 && !memcmp(asked, "/proc/cpuinfo", 13));
  chost_progress_end(page);
  chost_progress_begin(page, long_text, sizeof long_text);
  CHECK(chost_progress_turn(page) == 3 && chost_progress_asked(page, asked) == CHOST_PROGRESS_LIMIT);
  chost_progress_reset(page);
  CHECK(chost_progress_turn(page) == 0);
}

/// The child's half of `split`: what it is given, and the way back. Nonzero: the line that was wrong.
static int speak(int channel, int kept) {
  int file;
  uint8_t byte;
  if (fcntl(kept, F_GETFD) < 0) return 1;
  if (chost_receive_file(channel, &byte, &file) || byte != 7 || file < 0) return 2;
  if (write(file, "x", 1) != 1) return 3;
  close(file);
  if (chost_send_file(channel, 9, -1)) return 4;
  if (write(2, "words", 5) != 5) return 5;
  return 0;
}

static void split(const char *folder) {
  int kept = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), channel, errors, file, status = -1, ends[2];
  CHECK(kept >= 0 && !pipe(ends));
  pid_t child = chost_split(&channel, &errors, &kept, 1);
  if (child == 0) _exit(speak(channel, kept));
  CHECK(child > 0);
  uint8_t byte = 0;
  char text[8] = "";
  CHECK(chost_send_file(channel, 7, ends[1]) == 0);
  CHECK(chost_receive_file(channel, &byte, &file) == 0 && byte == 9 && file == -1);
  CHECK(read(ends[0], text, 1) == 1 && text[0] == 'x');
  chost_end(child, 0, &status);
  CHECK(status == 0);
  CHECK(chost_wait_readable(channel, errors, 1000) == 3 && read(errors, text, sizeof text) == 5);
  CHECK(chost_receive_file(channel, &byte, &file) == -EPIPE || chost_receive_file(channel, &byte, &file) < 0);
  CHECK(chost_wait_readable(-1, -1, 0) == 0);
  int all[] = {kept, channel, errors, ends[0], ends[1]};
  for (unsigned each = 0; each < sizeof all / sizeof *all; each++) close(all[each]);
  // One that would stay for ever.
  child = chost_split(&channel, &errors, NULL, 0);
  if (child == 0) for (;;) pause();
  chost_end(child, 1, &status);
  CHECK(status == 128 + 9);
  close(channel);
  close(errors);
}

/// Gives everything up and tries it. Nonzero: the line that was wrong.
static int confined(const char *folder) {
  const struct chost_condition read_only = {.argument = 2, .mask = O_ACCMODE | O_CREAT, .value = 0};
  int place = open(folder, O_PATH | O_CLOEXEC);
  if (chost_no_new_privileges() || chost_keep_capabilities(0)) return 1;
  int fenced = chost_landlock(&place, 1, 0);
  if (fenced && fenced != -ENOSYS && fenced != -EOPNOTSUPP) return 2;
  chost_filter *filter;
  if (chost_filter_open(&filter)) return 3;
  if (chost_filter_allow(filter, "no_such_call", NULL, 0) != -ENOENT) return 4;
  if (chost_filter_allow(filter, "openat", &read_only, 7) != -EINVAL) return 5;
  if (chost_filter_allow(filter, "openat", &read_only, 1) || chost_filter_allow(filter, "exit_group", NULL, 0)) return 6;
  if (chost_filter_allow(filter, "close", NULL, 0) || chost_filter_kill(filter, "execve")) return 7;
  if (chost_filter_load(filter)) return 8;
  long file = syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY);
  if (file < 0) return 9;
  if (syscall(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY) != -1 || errno != EPERM) return 10;
  if (syscall(SYS_getppid) != -1 || errno != EPERM) return 11;
  return 0;
}

void sandbox(const char *folder) {
  progress();
  split(folder);
  chost_filter *filter;
  CHECK(chost_filter_open(&filter) == 0);
  chost_filter_close(filter);
  chost_keep_library("libno-such-library.so.0");
  int status = -1;
  pid_t child = fork();
  // Not exit: the leak checker would want calls that are gone.
  if (child == 0) syscall(SYS_exit_group, confined(folder));
  CHECK(waitpid(child, &status, 0) == child && status == 0);
  if (status) fprintf(stderr, "confined: %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
}
