// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "chost_supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct chost_progress {
  _Atomic uint64_t turn;
  // Both written by a process that may be in anybody's hands.
  volatile uint32_t length;
  uint8_t asked[CHOST_PROGRESS_LIMIT];
};

chost_progress *chost_progress_make(void) {
  void *page = mmap(NULL, sizeof(chost_progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? NULL : page;
}

void chost_progress_reset(chost_progress *progress) { atomic_store_explicit(&progress->turn, 0, memory_order_release); }

void chost_progress_begin(chost_progress *progress, const uint8_t *asked, size_t length) {
  if (length > CHOST_PROGRESS_LIMIT) length = CHOST_PROGRESS_LIMIT;
  memcpy(progress->asked, asked, length);
  progress->length = (uint32_t)length;
  atomic_fetch_add_explicit(&progress->turn, 1, memory_order_release);
}

void chost_progress_end(chost_progress *progress) {
  atomic_fetch_add_explicit(&progress->turn, 1, memory_order_release);
}

uint64_t chost_progress_turn(const chost_progress *progress) {
  return atomic_load_explicit(&progress->turn, memory_order_acquire);
}

size_t chost_progress_asked(const chost_progress *progress, uint8_t asked[CHOST_PROGRESS_LIMIT]) {
  size_t length = progress->length;
  if (length > CHOST_PROGRESS_LIMIT) length = CHOST_PROGRESS_LIMIT;
  memcpy(asked, progress->asked, length);
  return length;
}

void chost_hold_standard_descriptors(void) {
  for (int each = 0; each <= 2; each++) {
    if (fcntl(each, F_GETFD) < 0) open("/dev/null", each == 0 ? O_WRONLY : O_RDONLY);
  }
}

/// The child's descriptors: what is kept, and nothing that somebody waits for the end of.
static void let_go(int channel, int errors, const int *keep, size_t kept) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(errors, 2) < 0) _exit(126);
  // Before kernel 5.9 the others stay open.
#ifdef SYS_close_range
  unsigned from = 3;
  for (size_t each = 0; each <= kept; each++) {
    // The channel was made after the others, and is above them.
    unsigned next = (unsigned)(each < kept ? keep[each] : channel);
    if (next > from) syscall(SYS_close_range, from, next - 1, 0U);
    from = next + 1;
  }
  syscall(SYS_close_range, from, ~0U, 0U);
#endif
}

pid_t chost_split(int *channel, int *errors, const int *keep, size_t kept) {
  int ends[2], pipes[2];
  if (pipe2(pipes, O_CLOEXEC)) return -errno;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
    int error = errno;
    close(pipes[0]);
    close(pipes[1]);
    return -error;
  }
  // Whoever started us may ignore it, and then a child's end would be told to nobody.
  signal(SIGCHLD, SIG_DFL);
  pid_t parent = getpid(), child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Whoever died before the line above will send no signal.
    if (getppid() != parent) _exit(126);
    *channel = fcntl(ends[1], F_DUPFD_CLOEXEC, kept && keep[kept - 1] >= 3 ? keep[kept - 1] + 1 : 3);
    if (*channel < 0) _exit(126);
    let_go(*channel, pipes[1], keep, kept);
    return 0;
  }
  int error = errno;
  close(ends[1]);
  close(pipes[1]);
  if (child < 0) {
    close(ends[0]);
    close(pipes[0]);
    return -error;
  }
  *channel = ends[0];
  *errors = pipes[0];
  return child;
}

int chost_wait_readable(int one, int other, int milliseconds) {
  struct pollfd both[2] = {{.fd = one, .events = POLLIN}, {.fd = other, .events = POLLIN}};
  if (poll(both, 2, milliseconds) <= 0) return 0;
  return (both[0].revents ? 1 : 0) | (both[1].revents ? 2 : 0);
}

void chost_end(pid_t child, int is_killed, int *status) {
  // A fifth of a second for one that dies; one that ends by itself has closed its files and is as good as gone.
  const struct timespec nap = {.tv_nsec = 100000};
  int raw = 0, naps = is_killed ? 2000 : 50000;
  *status = -1;
  if (is_killed) kill(child, SIGKILL);
  while (naps-- > 0) {
    pid_t gone = waitpid(child, &raw, WNOHANG);
    if (gone == child) *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    if (gone == child || (gone < 0 && errno != EINTR)) return;
    nanosleep(&nap, NULL);
  }
}

// Room for one descriptor, aligned as the kernel wants it.
union control {
  struct cmsghdr header;
  char room[CMSG_SPACE(sizeof(int))];
};

int chost_send_file(int channel, uint8_t byte, int file) {
  union control control = {0};
  struct iovec text = {.iov_base = &byte, .iov_len = 1};
  struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1};
  if (file >= 0) {
    message.msg_control = control.room;
    message.msg_controllen = sizeof control.room;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    *header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof file)};
    memcpy(CMSG_DATA(header), &file, sizeof file);
  }
  ssize_t sent;
  do sent = sendmsg(channel, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == 1 ? 0 : sent < 0 ? -errno : -EIO;
}

int chost_receive_file(int channel, uint8_t *byte, int *file) {
  union control control = {0};
  struct iovec text = {.iov_base = byte, .iov_len = 1};
  struct msghdr message = {
    .msg_iov = &text, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  ssize_t got;
  *file = -1;
  do got = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got < 0) return -errno;
  if (got == 0) return -EPIPE;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
    memcpy(file, CMSG_DATA(header), sizeof *file);
  }
  return 0;
}
