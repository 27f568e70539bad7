// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Functions that the static Swift runtime wants and glibc has only since 2.36 and, in that version, 2.35. With these here
// the programs ask for nothing younger than glibc 2.34.

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/random.h>

void arc4random_buf(void *buffer, size_t size);

// As in glibc: it cannot fail, for a caller has no way to go on. Calls of up to 256 bytes are never interrupted.
void arc4random_buf(void *buffer, size_t size) {
  unsigned char *next = buffer;
  while (size > 0) {
    ssize_t got = getrandom(next, size < 256 ? size : 256, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) abort();
    next += got;
    size -= (size_t)got;
  }
}

// The squares of two floats and their sum are exact enough in a double, and cannot overflow it.
float hypotf(float x, float y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  return (float)sqrt((double)x * x + (double)y * y);
}

// The same in the next wider type.
double hypot(double x, double y) {
  if (isinf(x) || isinf(y)) return (double)INFINITY;
  return (double)sqrtl((long double)x * x + (long double)y * y);
}
