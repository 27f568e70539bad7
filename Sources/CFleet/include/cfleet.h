// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// JSON, read strictly by simdjson: the whole text is valid, or there is no document. Keeps no state between documents,
// prints nothing, throws nothing.
#ifndef CFLEET_H
#define CFLEET_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

enum cfleet_kind {
  CFLEET_NULL, CFLEET_FALSE, CFLEET_TRUE, CFLEET_INTEGER, CFLEET_OTHER_NUMBER, CFLEET_STRING, CFLEET_ARRAY, CFLEET_OBJECT
};

// One value. They stand in the order of the text: a container before what it holds.
struct cfleet_node {
  // Of the member that this is the value of, unescaped; NULL: no member.
  const char *key;
  // A string's UTF-8, unescaped; else NULL.
  const char *text;
  int64_t integer;
  uint32_t key_length, text_length;
  // The first node behind this one and everything in it.
  uint32_t next;
  uint32_t kind;
};

enum cfleet_fault_kind {
  CFLEET_FINE, CFLEET_NOT_UTF8, CFLEET_NOT_JSON, CFLEET_TOO_DEEP, CFLEET_DUPLICATE_KEY, CFLEET_NO_MEMORY
};

struct cfleet_fault {
  // simdjson's words, static; or the key that is there twice, cut to what fits.
  char text[160];
  // Of the first byte that is wrong; SIZE_MAX: not known.
  size_t offset;
};

struct cfleet_document;

// NULL: no memory.
struct cfleet_document *cfleet_document_new(void);
void cfleet_document_free(struct cfleet_document *document);

// Reads one text, and forgets the one before. Values below more than `depth` containers are refused.
enum cfleet_fault_kind cfleet_parse(struct cfleet_document *document, const uint8_t *bytes, size_t length,
                                    uint32_t depth, struct cfleet_fault *fault);

// The values of the text read last; they live until the next one is read.
const struct cfleet_node *cfleet_nodes(const struct cfleet_document *document, size_t *count);

// The member of the object at `at` that has this key, or 0: there is none, or no object. In the header, to be built into
// what asks: reports are asked for very many members.
static inline uint32_t cfleet_member(const struct cfleet_node *nodes, uint32_t at, const char *key, size_t length) {
  if (nodes[at].kind != CFLEET_OBJECT) return 0;
  for (uint32_t child = at + 1; child < nodes[at].next; child = nodes[child].next)
    if (nodes[child].key_length == length && memcmp(nodes[child].key, key, length) == 0) return child;
  return 0;
}

// Where the object that is a member of the root object stands in the text read last: 0, or -1 if there is none.
int cfleet_member_bytes(const struct cfleet_document *document, const char *key, size_t *start, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
