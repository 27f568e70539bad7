// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// XML, read by expat into one flat buffer.
#ifndef CHOST_XML_H
#define CHOST_XML_H
#include <stddef.h>
#include <stdint.h>

/// The events of the first document in `bytes`, which is UTF-8. Each is one tag byte and its strings, a string being
/// its length (uint32, this machine's order) and its bytes:
///   'S' name, uint32 number of attributes, then name and value of each;
///   'T' a piece of text, possibly one of several;
///   'E' the end of the innermost element.
/// `*consumed`: bytes of the document, so that another one may follow. Nesting deeper than `depth`, a flat buffer larger than
/// `limit`, and every entity declaration are refused. The caller frees `*events`.
/// -EBADMSG: not such a document; `*line` counts from 1 and `*why` is a constant. -ENODATA: nothing but blanks and
/// comments. -ENOMEM.
int chost_xml_flatten(const uint8_t *bytes, size_t length, unsigned depth, size_t limit, uint8_t **events,
                      size_t *events_length, size_t *consumed, unsigned long *line, const char **why);
#endif
