// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "chost_memory.h"

#include <errno.h>
#include <sys/mman.h>

int chost_memory_file(void) {
  int descriptor = memfd_create("hostcap", MFD_CLOEXEC);
  return descriptor < 0 ? -errno : descriptor;
}
