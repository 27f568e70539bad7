// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// One instruction that Swift has no word for.
#ifndef CHOST_CPUID_H
#define CHOST_CPUID_H
#include <stdint.h>

struct chost_registers {
  uint32_t eax, ebx, ecx, edx;
};

/// Executes CPUID on one CPU; the calling thread runs where it may again afterwards.
/// -EINVAL: this thread may not run on `cpu`, or there is none. -ENOTSUP: not an x86-64 processor.
int chost_cpuid(int cpu, uint32_t leaf, uint32_t subleaf, struct chost_registers *out);
#endif
