// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Tape
import Testing

@Suite struct DocumentTests {
  private func root(_ text: String) throws(InputError) -> DocumentNode {
    try Document(parsing: Array(text.utf8), path: "site.yaml").root
  }

  private func refusal(_ body: () throws(InputError) -> Void) -> String? {
    do { try body() } catch { return "\(error)" }
    return nil
  }

  @Test func jsonIsYAML() throws {
    let object = try root(#"{"a": ["x", 1, true, null, "1"]}"#).object("it", keys: ["a"])
    let list = try object.required("a", "it").list("a")
    #expect(try list[0].text("x") == "x")
    #expect(try list[1].integer("x", in: 0...9) == 1)
    #expect(try list[2].boolean("x"))
    #expect(try list[4].text("x") == "1")
  }

  @Test(arguments: [
    ("a: [", "site.yaml: line 2: is not YAML"), ("a: 1\na: 2\n", "site.yaml: line 1: repeats the key a"),
    ("", "site.yaml: holds no document"),
    (String(repeating: "[", count: 100_000), "site.yaml: line 1: nested deeper than 64 levels"),
    (String(repeating: "- ", count: 100_000) + "x", "site.yaml: line 1: nested deeper than 64 levels"),
  ])
  func whatIsNoDocumentIsRefusedWithItsLine(_ text: String, _ start: String) {
    let said = refusal { () throws(InputError) in _ = try root(text) }
    #expect(said?.hasPrefix(start) == true, "\(said ?? "accepted")")
  }

  @Test func anUnknownKeyIsRefusedWithItsLine() {
    let said = refusal { () throws(InputError) in
      _ = try root("match: x\naddres: y\n").object("a device", keys: ["match", "address"])
    }
    #expect(said == "site.yaml: line 2: a device has no key addres; it has match, address")
  }

  @Test func bytesThatAreNoTextAreRefused() {
    let said = refusal { () throws(InputError) in _ = try Document(parsing: [0xff, 0xfe, 0xff], path: "x") }
    #expect(said == "x: is not UTF-8")
  }

  /// A kilobyte of anchors that stands for a thousand million values.
  @Test func aliasesThatMultiplyAreCounted() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let inner = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(inner)]\n"
    }
    let said = refusal { () throws(InputError) in _ = try root(text) }
    #expect(said?.contains("holds more than 200000 values") == true)
  }
}
