// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// A process that goes on as a child of itself: what the two share, and how they talk.
#ifndef CHOST_SUPERVISE_H
#define CHOST_SUPERVISE_H
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// What the child is waiting for at the moment, in memory that both see.
typedef struct chost_progress chost_progress;
/// Bytes; what is asked is cut there.
enum { CHOST_PROGRESS_LIMIT = 4096 };

/// NULL: there is no memory.
chost_progress *chost_progress_make(void);
/// Nothing is asked: for a child that begins anew.
void chost_progress_reset(chost_progress *progress);
void chost_progress_begin(chost_progress *progress, const uint8_t *asked, size_t length);
void chost_progress_end(chost_progress *progress);
/// Odd: something is asked. Even: nothing is. Another number than before: it went on.
uint64_t chost_progress_turn(const chost_progress *progress);
/// Copies what was asked last; returns its length.
size_t chost_progress_asked(const chost_progress *progress, uint8_t asked[CHOST_PROGRESS_LIMIT]);

/// Puts something in the place of standard descriptors that our caller closed, so that no other file becomes one of them. What
/// is put there can be neither read nor written as the one that is missing would.
void chost_hold_standard_descriptors(void);

/// Splits the process. 0 in the child, which dies with its parent; `channel` is this side's end of a socket pair,
/// close-on-exec. Only while the process has one thread.
///
/// The child may outlive us in the kernel, and whoever waits for the end of our output must not wait for it: it keeps the
/// `kept` descriptors in `keep`, in rising order, and none else of ours. Its standard input and output are /dev/null, its
/// standard error goes to `errors`.
pid_t chost_split(int *channel, int *errors, const int *keep, size_t kept);

/// Bit 0, bit 1: the other side of `one` or `other` has written or gone. 0: neither, for that long, or a signal came. A
/// negative descriptor is not waited for.
int chost_wait_readable(int one, int other, int milliseconds);

/// Waits for a child that is on its way out, or is killed here first; one that the kernel will not let die is left behind.
/// `status`: as a shell gives it; -1: it is not known.
void chost_end(pid_t child, int is_killed, int *status);

/// Sends an open file with one byte, which says what it is. Source: unix(7), SCM_RIGHTS.
int chost_send_file(int channel, uint8_t byte, int file);
/// Receives that byte; `file` is -1 where none came with it.
int chost_receive_file(int channel, uint8_t *byte, int *file);
#endif
