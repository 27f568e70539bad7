// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// A child process with a deadline: the only way to bound a call into a daemon or into firmware.
#ifndef CHOST_HELPER_H
#define CHOST_HELPER_H
#include <stddef.h>
#include <stdint.h>

#define CHOST_THIS_PROGRAM "/proc/self/exe"

/// Runs `path` with up to three arguments (NULL ends them early) and collects its standard output.
///
/// Its standard input and error are /dev/null, its environment is three variables, and it dies with us. It is
/// killed at `deadline_ms` (-ETIMEDOUT) and beyond `limit` bytes of output (-EMSGSIZE); one that the kernel
/// will not let die is left behind rather than waited for. `exit_status`: as a shell gives it, 128 and the signal
/// where one ended it. The caller frees `output`, which is NULL on error.
int chost_run(const char *path, const char *first, const char *second, const char *third, int deadline_ms,
              size_t limit, uint8_t **output, size_t *length, int *exit_status);
#endif
