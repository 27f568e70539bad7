// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Tells package builders which library a program loads by itself, in the ELF section .note.dlopen.
// Source: the UAPI group's "dlopen() metadata for ELF files": note type 0x407c0c0a, owner "FDO", a JSON array.
#ifndef DLOPEN_NOTE_H
#define DLOPEN_NOTE_H

#define DLOPEN_NOTE(symbol, json)                                                            \
  __attribute__((used, section(".note.dlopen"), aligned(4))) static const struct {           \
    struct {                                                                                 \
      unsigned owner_size, json_size, type;                                                  \
    } header;                                                                                \
    char owner[4];                                                                           \
    char text[sizeof(json)] __attribute__((aligned(4)));                                     \
  } symbol = {{sizeof "FDO", sizeof(json), 0x407c0c0aU}, "FDO", json}

#endif
