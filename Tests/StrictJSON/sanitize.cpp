// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Drives the C++ of Sources/CFleet under the sanitizers: texts whole, cut anywhere, and with any bit changed.
#include "cfleet.h"
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

static int failures;
#define CHECK(condition)                                                             \
  do {                                                                               \
    if (!(condition)) failures++, std::fprintf(stderr, "%d: %s\n", __LINE__, #condition); \
  } while (0)

// Reads every byte that a document's values point at, and goes the way that a reader goes.
static void walk(const cfleet_document *document) {
  size_t count = 0, bytes = 0;
  const cfleet_node *nodes = cfleet_nodes(document, &count);
  CHECK(count > 0 && nodes[0].next == count);
  for (size_t i = 0; i < count; i++) {
    CHECK(nodes[i].next > i && nodes[i].next <= count && nodes[i].kind <= CFLEET_OBJECT);
    for (uint32_t at = 0; nodes[i].text && at < nodes[i].text_length; at++) bytes += nodes[i].text[at] != 0;
    for (uint32_t at = 0; nodes[i].key && at < nodes[i].key_length; at++) bytes += nodes[i].key[at] != 0;
  }
  CHECK(bytes < 1 << 30);
}

static cfleet_fault_kind parse(cfleet_document *document, const std::string &text, uint32_t depth = 64) {
  // A copy of the very length, so that a read past it is seen.
  std::unique_ptr<uint8_t[]> copy(new uint8_t[text.size() + !text.size()]);
  std::memcpy(copy.get(), text.data(), text.size());
  cfleet_fault fault;
  cfleet_fault_kind kind = cfleet_parse(document, copy.get(), text.size(), depth, &fault);
  copy.reset();
  CHECK(std::memchr(fault.text, 0, sizeof fault.text) != nullptr);
  CHECK(fault.offset == SIZE_MAX || fault.offset <= text.size());
  size_t start = 0, length = 0;
  if (kind == CFLEET_FINE) walk(document);
  if (kind == CFLEET_FINE && cfleet_member_bytes(document, "report", &start, &length) == 0)
    CHECK(start + length <= text.size() && text[start] == '{');
  return kind;
}

int main() {
  cfleet_document *document = cfleet_document_new();
  const std::string whole =
      R"( {"machine":"a/b/c","report":{"n":[1,-2,3.5,18446744073709551615,null,true,false],"é\u00e4\ud83d\ude00":""} ,"x":{}} )";
  CHECK(parse(document, whole) == CFLEET_FINE);
  for (size_t at = 0; at < whole.size(); at++) {
    if (at + 1 < whole.size()) CHECK(parse(document, whole.substr(0, at)) != CFLEET_FINE);
    for (int bit = 0; bit < 8; bit++) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
      parse(document, changed);
    }
  }
  for (uint32_t depth = 0; depth < 70; depth++) {
    const std::string deep = std::string(depth, '[') + "0" + std::string(depth, ']');
    CHECK(parse(document, deep, 64) == (depth < 64 ? CFLEET_FINE : CFLEET_TOO_DEEP) || depth == 64);
  }
  std::string many = "{";
  for (int i = 0; i < 100; i++) many += "\"" + std::string(200, 'k') + std::to_string(i) + "\":[{}],";
  CHECK(parse(document, many + "\"z\":0}") == CFLEET_FINE);
  CHECK(parse(document, many + "\"" + std::string(200, 'k') + "7\":0}") == CFLEET_DUPLICATE_KEY);
  CHECK(parse(document, "{\"a\":1,\"\\u0061\":2}") == CFLEET_DUPLICATE_KEY);
  CHECK(parse(document, "\"\xff\"") == CFLEET_NOT_UTF8);
  CHECK(parse(document, "") == CFLEET_NOT_JSON && parse(document, std::string(1 << 20, ' ')) == CFLEET_NOT_JSON);
  CHECK(parse(document, "[\"" + std::string(1 << 20, 'x') + "\"]") == CFLEET_FINE);
  cfleet_document_free(document);
  cfleet_document_free(nullptr);
  if (failures) std::fprintf(stderr, "%d checks failed\n", failures);
  return failures ? 1 : 0;
}
