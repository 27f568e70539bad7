// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#include "chost_xml.h"
#include <errno.h>
#include <expat.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct flattening {
  XML_Parser parser;
  uint8_t *events;
  size_t used, room, limit;
  unsigned depth, deepest;
  size_t consumed;
  int finished;
  const char *why;
};

static void refuse(struct flattening *self, const char *why) {
  if (!self->why) self->why = why;
  XML_StopParser(self->parser, XML_FALSE);
}

static void append(struct flattening *self, const void *bytes, size_t length) {
  if (self->why) return;
  if (length > self->limit - self->used) {
    refuse(self, "too large");
    return;
  }
  if (length > self->room - self->used) {
    size_t room = self->room ? self->room : 4096;
    while (room - self->used < length) room *= 2;
    uint8_t *larger = realloc(self->events, room);
    if (!larger) {
      refuse(self, "out of memory");
      return;
    }
    self->events = larger;
    self->room = room;
  }
  memcpy(self->events + self->used, bytes, length);
  self->used += length;
}

static void append_number(struct flattening *self, size_t number) {
  uint32_t value = (uint32_t)number;
  append(self, &value, sizeof value);
}

static void append_string(struct flattening *self, const char *text, size_t length) {
  append_number(self, length);
  append(self, text, length);
}

static void on_start(void *context, const XML_Char *name, const XML_Char **attributes) {
  struct flattening *self = context;
  size_t count = 0;
  if (++self->depth > self->deepest) {
    refuse(self, "nested too deep");
    return;
  }
  while (attributes[2 * count]) count++;
  append(self, "S", 1);
  append_string(self, name, strlen(name));
  append_number(self, count);
  for (size_t at = 0; at < 2 * count; at++) append_string(self, attributes[at], strlen(attributes[at]));
}

static void on_end(void *context, const XML_Char *name) {
  struct flattening *self = context;
  (void)name;
  append(self, "E", 1);
  if (--self->depth > 0 || self->why) return;
  XML_Index end = XML_GetCurrentByteIndex(self->parser) + XML_GetCurrentByteCount(self->parser);
  self->consumed = end > 0 ? (size_t)end : 0;
  self->finished = 1;
  XML_StopParser(self->parser, XML_FALSE);
}

static void on_text(void *context, const XML_Char *text, int length) {
  struct flattening *self = context;
  if (length <= 0) return;
  append(self, "T", 1);
  append_string(self, text, (size_t)length);
}

static void on_entity(void *context, const XML_Char *name, int is_parameter, const XML_Char *value, int length,
                      const XML_Char *base, const XML_Char *system, const XML_Char *public_id,
                      const XML_Char *notation) {
  (void)name, (void)is_parameter, (void)value, (void)length, (void)base, (void)system, (void)public_id, (void)notation;
  refuse(context, "declares an entity");
}

static void on_skipped(void *context, const XML_Char *name, int is_parameter) {
  (void)name, (void)is_parameter;
  refuse(context, "uses an entity that it does not declare");
}

int chost_xml_flatten(const uint8_t *bytes, size_t length, unsigned depth, size_t limit, uint8_t **events,
                      size_t *events_length, size_t *consumed, unsigned long *line, const char **why) {
  struct flattening self = {.deepest = depth, .limit = limit};
  *events = NULL;
  *events_length = *consumed = 0;
  *line = 1;
  *why = "too large";
  if (length > INT_MAX) return -EBADMSG;
  if (!(self.parser = XML_ParserCreate("UTF-8"))) return -ENOMEM;
  XML_SetUserData(self.parser, &self);
  XML_SetElementHandler(self.parser, on_start, on_end);
  XML_SetCharacterDataHandler(self.parser, on_text);
  XML_SetEntityDeclHandler(self.parser, on_entity);
  XML_SetSkippedEntityHandler(self.parser, on_skipped);
  int status = 0;
  if (XML_Parse(self.parser, (const char *)bytes, (int)length, 1) != XML_STATUS_OK && !self.finished) {
    enum XML_Error code = XML_GetErrorCode(self.parser);
    status = !self.why && code == XML_ERROR_NO_ELEMENTS ? -ENODATA : -EBADMSG;
    *line = XML_GetCurrentLineNumber(self.parser);
    *why = self.why ? self.why : XML_ErrorString(code);
  }
  XML_ParserFree(self.parser);
  if (!status && (self.why || !self.finished)) {
    status = -EBADMSG;
    *why = self.why ? self.why : "ends too early";
  }
  if (status) {
    free(self.events);
    return status;
  }
  *events = self.events;
  *events_length = self.used;
  *consumed = self.consumed < length ? self.consumed : length;
  return 0;
}
