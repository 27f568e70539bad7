// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

#include "cfleet.h"
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <new>
#include <simdjson.h>
#include <string_view>
#include <vector>

using namespace simdjson;

struct cfleet_document {
  dom::parser parser;
  ondemand::parser positions;
  // The text and the room behind it that simdjson reads with whole registers.
  std::vector<uint8_t> text;
  size_t length = 0;
  std::vector<cfleet_node> nodes;
  std::vector<std::string_view> keys;
};

namespace {

// A key that stands twice in one object: which of the two counts differs from reader to reader.
bool has_duplicate(cfleet_document &document, dom::object object, std::string_view &twice) {
  auto &keys = document.keys;
  keys.clear();
  for (auto field : object) keys.push_back(field.key);
  std::sort(keys.begin(), keys.end());
  auto same = std::adjacent_find(keys.begin(), keys.end());
  if (same == keys.end()) return false;
  twice = *same;
  return true;
}

// Recursion ends with the parser's depth. False: a key stands twice.
bool add(cfleet_document &document, dom::element element, std::string_view key, bool is_member,
         std::string_view &twice) {
  size_t at = document.nodes.size();
  cfleet_node node{};
  if (is_member) {
    node.key = key.data();
    node.key_length = static_cast<uint32_t>(key.size());
  }
  std::string_view text;
  switch (element.type()) {
  case dom::element_type::NULL_VALUE: node.kind = CFLEET_NULL; break;
  case dom::element_type::BOOL: node.kind = bool(element) ? CFLEET_TRUE : CFLEET_FALSE; break;
  case dom::element_type::INT64:
    node.kind = CFLEET_INTEGER;
    node.integer = int64_t(element);
    break;
  case dom::element_type::UINT64:
  case dom::element_type::DOUBLE: node.kind = CFLEET_OTHER_NUMBER; break;
  case dom::element_type::STRING:
    node.kind = CFLEET_STRING;
    text = std::string_view(element);
    node.text = text.data();
    node.text_length = static_cast<uint32_t>(text.size());
    break;
  case dom::element_type::ARRAY: node.kind = CFLEET_ARRAY; break;
  case dom::element_type::OBJECT: node.kind = CFLEET_OBJECT; break;
  }
  document.nodes.push_back(node);
  if (node.kind == CFLEET_ARRAY) {
    for (dom::element child : dom::array(element))
      if (!add(document, child, {}, false, twice)) return false;
  } else if (node.kind == CFLEET_OBJECT) {
    dom::object object(element);
    std::string_view before;
    bool is_first = true, is_checked = false;
    for (auto field : object) {
      // Keys in order, as hostcap writes them, are none of them there twice.
      if (!is_first && !is_checked && !(before < field.key)) {
        if (has_duplicate(document, object, twice)) return false;
        is_checked = true;
      }
      before = field.key;
      is_first = false;
      if (!add(document, field.value, field.key, true, twice)) return false;
    }
  }
  document.nodes[at].next = static_cast<uint32_t>(document.nodes.size());
  return true;
}

// Reads everything, slowly, to find where it goes wrong.
error_code walk(ondemand::value value, uint32_t levels) {
  if (levels == 0) return DEPTH_ERROR;
  ondemand::json_type type;
  if (auto error = value.type().get(type)) return error;
  if (type == ondemand::json_type::array) {
    ondemand::array array;
    if (auto error = value.get_array().get(array)) return error;
    for (auto child : array) {
      ondemand::value inner;
      if (auto error = child.get(inner)) return error;
      if (auto error = walk(inner, levels - 1)) return error;
    }
    return SUCCESS;
  }
  if (type == ondemand::json_type::object) {
    ondemand::object object;
    if (auto error = value.get_object().get(object)) return error;
    for (auto field : object) {
      ondemand::value inner;
      if (auto error = field.value().get(inner)) return error;
      if (auto error = walk(inner, levels - 1)) return error;
    }
    return SUCCESS;
  }
  if (type == ondemand::json_type::string) return value.get_string().error();
  if (type == ondemand::json_type::number) return value.get_number().error();
  if (type == ondemand::json_type::boolean) return value.get_bool().error();
  bool is_null = false;
  if (auto error = value.is_null().get(is_null)) return error;
  return is_null ? SUCCESS : N_ATOM_ERROR;
}

size_t where(cfleet_document &document) {
  ondemand::document text;
  if (document.positions.iterate(document.text.data(), document.length, document.text.size()).get(text)) return SIZE_MAX;
  ondemand::value root;
  if (!text.get_value().get(root)) (void)walk(root, 64);
  const char *place = nullptr;
  if (text.current_location().get(place)) return SIZE_MAX;
  size_t offset = static_cast<size_t>(place - reinterpret_cast<const char *>(document.text.data()));
  return offset <= document.length ? offset : SIZE_MAX;
}

// Four steps through a text that is known to be valid.
bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

const uint8_t *behind_blanks(const uint8_t *at) {
  while (is_blank(*at)) ++at;
  return at;
}

const uint8_t *before_blanks(const uint8_t *end) {
  while (is_blank(end[-1])) --end;
  return end;
}

const uint8_t *behind_value(const uint8_t *at) {
  size_t depth = 0;
  for (;; ++at) {
    if (*at == '"') {
      for (++at; *at != '"'; ++at)
        if (*at == '\\') ++at;
      if (depth == 0) return at + 1;
    } else if (*at == '{' || *at == '[') {
      ++depth;
    } else if (*at == '}' || *at == ']') {
      // A number or a word ends where its container does.
      if (depth == 0) return at;
      if (--depth == 0) return at + 1;
    } else if (depth == 0 && (*at == ',' || is_blank(*at))) {
      return at;
    }
  }
}

void say(cfleet_fault &fault, std::string_view text) {
  size_t length = std::min(text.size(), sizeof fault.text - 1);
  std::memcpy(fault.text, text.data(), length);
  fault.text[length] = 0;
}

cfleet_fault_kind parse(cfleet_document &document, const uint8_t *bytes, size_t length, uint32_t depth,
                        cfleet_fault &fault) {
  document.nodes.clear();
  document.keys.clear();
  document.text.resize(length + SIMDJSON_PADDING);
  if (length) std::memcpy(document.text.data(), bytes, length);
  std::memset(document.text.data() + length, 0, SIMDJSON_PADDING);
  document.length = length;
  if (auto error = document.parser.allocate(std::max(length, size_t(64)), depth)) {
    say(fault, error_message(error));
    return CFLEET_NO_MEMORY;
  }
  dom::element root;
  auto error = document.parser.parse(document.text.data(), length, false).get(root);
  if (error) {
    say(fault, error_message(error));
    if (error == UTF8_ERROR) return CFLEET_NOT_UTF8;
    if (error == DEPTH_ERROR) return CFLEET_TOO_DEEP;
    if (error == MEMALLOC) return CFLEET_NO_MEMORY;
    fault.offset = where(document);
    return CFLEET_NOT_JSON;
  }
  std::string_view twice;
  if (add(document, root, {}, false, twice)) return CFLEET_FINE;
  document.nodes.clear();
  say(fault, twice);
  return CFLEET_DUPLICATE_KEY;
}

} // namespace

cfleet_document *cfleet_document_new() { return new (std::nothrow) cfleet_document; }

void cfleet_document_free(cfleet_document *document) { delete document; }

cfleet_fault_kind cfleet_parse(cfleet_document *document, const uint8_t *bytes, size_t length, uint32_t depth,
                               cfleet_fault *fault) {
  *fault = cfleet_fault{};
  fault->offset = SIZE_MAX;
  try {
    return parse(*document, bytes, length, depth, *fault);
  } catch (...) {
    // Only memory can be short: simdjson is asked without exceptions.
    say(*fault, "out of memory");
    return CFLEET_NO_MEMORY;
  }
}

const cfleet_node *cfleet_nodes(const cfleet_document *document, size_t *count) {
  *count = document->nodes.size();
  return document->nodes.data();
}

int cfleet_member_bytes(const cfleet_document *document, const char *key, size_t *start, size_t *length) {
  const cfleet_node *nodes = document->nodes.data();
  uint32_t wanted = document->nodes.empty() ? 0 : cfleet_member(nodes, 0, key, std::strlen(key));
  if (wanted == 0 || nodes[wanted].kind != CFLEET_OBJECT) return -1;
  const uint8_t *at = behind_blanks(document->text.data()) + 1;
  for (uint32_t child = 1;; child = nodes[child].next) {
    at = behind_blanks(behind_value(behind_blanks(at))); // the key
    at = behind_blanks(at + 1);
    if (child == wanted) break;
    at = behind_blanks(behind_value(at)) + 1; // the comma
  }
  const uint8_t *end;
  if (nodes[wanted].next == document->nodes.size()) {
    // Nothing but the root's end is behind it: a segment's report is not read a second time.
    end = document->text.data() + document->length;
    end = before_blanks(before_blanks(end) - 1);
  } else {
    end = behind_value(at);
  }
  *start = static_cast<size_t>(at - document->text.data());
  *length = static_cast<size_t>(end - at);
  return 0;
}
