// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// What the parts of the sanitizers' driver share.
#ifndef SANITIZE_H
#define SANITIZE_H
#include <stdio.h>

extern int failures;
#define CHECK(condition)                                                                  \
  do {                                                                                    \
    if (!(condition)) failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
  } while (0)

/// Archives and XML as they came, and broken in every place.
void formats(const char *archive);
/// Files without names, names that change places, and functions of a younger glibc.
void files(const char *folder);
/// Files, links and directories by their names in an open folder.
void folders(const char *folder);
/// Processes that split and that give things up.
void sandbox(const char *folder);
#endif
