// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Markup
import Testing

@Suite struct MarkupTests {
  private func parse(_ text: String) throws(XMLError) -> XMLElement { try XMLElement.parse(Array(text.utf8)) }

  @Test func elementsAttributesAndText() throws {
    let text =
      "<?xml version='1.0'?><!-- c --><a x='1&amp;2'>one<b/>two<c><d> three\n</d></c><b k='v'/></a>\n<!-- end -->"
    let root = try parse(text)
    let expected = XMLElement(
      "a", attributes: ["x": "1&2"], text: "onetwo",
      children: [
        XMLElement("b"), XMLElement("c", children: [XMLElement("d", text: " three\n")]),
        XMLElement("b", attributes: ["k": "v"]),
      ])
    #expect(root == expected)
    #expect(root.first("c/d")?.trimmedText == "three")
    #expect(root.all("b").count == 2)
    #expect(root.first("c/x") == nil)
  }

  @Test func errorsNameTheLine() {
    #expect(throws: XMLError(line: 3, "mismatched tag")) { try parse("<a>\n<b>\n</a>\n") }
    #expect(throws: XMLError(line: 1, "no element found")) { try parse("  ") }
    #expect(throws: XMLError(line: 2, "a second document begins")) { try parse("<a/>\n<b/>") }
  }

  @Test func entitiesAreRefused() {
    let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;&x;'>]>\n<a>&y;</a>"
    #expect(throws: XMLError(line: 1, "declares an entity")) { try parse(bomb) }
    #expect(throws: XMLError.self) { try parse("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&z;</a>") }
    #expect(throws: XMLError.self) { try parse("<a>&z;</a>") }
  }

  @Test func anExternalTypeIsNeverFetched() throws {
    #expect(try parse("<!DOCTYPE topology SYSTEM 'hwloc2.dtd'>\n<topology/>").name == "topology")
  }

  @Test func nestingAndSizeAreBounded() throws {
    let deep = { (depth: Int) in
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(try parse(deep(64)).name == "a")
    #expect(throws: XMLError(line: 1, "nested too deep")) { try parse(deep(65)) }
    let long = "<a>" + String(repeating: " ", count: XMLElement.documentLimit) + "</a>"
    #expect(throws: XMLError(line: 1, "larger than 4194304 bytes")) { try parse(long) }
  }

  @Test func severalDocumentsStandOneAfterAnother() throws {
    let text = "<?xml version='1.0'?>\n<a/>\n<?xml version='1.0'?>\n<b>\n</b>\n\n<c/>"
    let all = try XMLElement.parseAll(Array(text.utf8))
    #expect(all.map(\.element.name) == ["a", "b", "c"])
    #expect(all.map(\.line) == [1, 3, 7])
  }

  @Test func brokenUTF8CanBeRepaired() throws {
    let bytes = Array("<a>x".utf8) + [0xff] + Array("</a>".utf8)
    #expect(throws: XMLError.self) { try XMLElement.parse(bytes) }
    #expect(try XMLElement.parse(XMLElement.repairedUTF8(bytes)).text == "x\u{fffd}")
  }

  @Test func everyPrefixIsADocumentOrARefusal() {
    let whole = Array("<?xml version='1.0'?><a b='c'><!-- d --><e>&lt;\u{20ac}</e><![CDATA[f]]></a>".utf8)
    for length in 0..<whole.count {
      #expect(throws: XMLError.self) { try XMLElement.parse(Array(whole.prefix(length))) }
    }
  }
}
