// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Documents that were made to harm their readers: refused in one line, or taken for the text that they are.
@Suite struct HostileDocumentTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func refusal(
    _ text: String, _ name: String, _ words: [String] = ["judge"], behind others: [String] = []
  ) throws -> String {
    let path = try folder.write(Array(text.utf8), name)
    let result = try Program.hostcap.run(words + [path] + others)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    let lines = result.complaint.split(separator: "\n")
    #expect(lines.count == 1 && result.complaint.hasPrefix("hostcap: \(path): "), "\(result.complaint)")
    return lines.first.map { String($0.dropFirst("hostcap: \(path): ".count)) } ?? ""
  }

  @Test func entitiesAreNotExpanded() throws {
    let bomb = (1..<12).map { "<!ENTITY a\($0) \"&a\($0 - 1);&a\($0 - 1);&a\($0 - 1);\">" }.joined()
    let laughs = "<!DOCTYPE c [<!ENTITY a0 \"ha\">\(bomb)]><capabilities>&a11;</capabilities>"
    #expect(try refusal(laughs, "bomb.xml") == "line 1: declares an entity")
    let outside = "<!DOCTYPE c [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><capabilities>&a;</capabilities>"
    #expect(try refusal(outside, "outside.xml") == "line 1: declares an entity")
  }

  @Test func depthIsBounded() throws {
    let depth = 100_000
    func nested(_ open: String, _ close: String) -> String {
      String(repeating: open, count: depth) + String(repeating: close, count: depth)
    }
    let xml = "<capabilities>\(nested("<a>", "</a>"))</capabilities>"
    #expect(try refusal(xml, "deep.xml") == "line 1: nested too deep")
    let json = "not JSON, or not of the form its members promise"
    #expect(try refusal(nested("[", "]"), "deep.json") == json)
    #expect(try refusal(nested("{\"a\":", "}").replacing("{}", with: "{\"a\":1}"), "object.json") == json)
    let tape = "{\"hostcap-tape\":1}\n{\"ask\":\"clock\",\"text\":\(nested("[", "]"))}\n"
    #expect(try refusal(tape, "deep.jsonl") == "line 2: not a JSON object")
  }

  /// A line of YAML's aliases that would unfold to 10¹⁰ values, and 50,000 brackets.
  @Test func aliasesAreNotUnfolded() throws {
    var aliases = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for (old, new) in zip("abcdefghi", "bcdefghij") {
      aliases += "\(new): &\(new) [\(Array(repeating: "*\(old)", count: 10).joined(separator: ", "))]\n"
    }
    let tape = try folder.write(Machines.bytes(Machines.host), "host.tape")
    for text in [aliases, "flavors: " + String(repeating: "[", count: 50_000)] {
      #expect(!(try refusal(text, "demand.yaml", ["fleet", "needs"], behind: [tape])).isEmpty)
      #expect(!(try refusal(text, "flavors.yaml", ["flavors", "lint", "--osism", "11"])).isEmpty)
    }
  }

  @Test func nulBytesAreNoText() throws {
    let path = try folder.write("processor\0: 0\nvendor_id\0\t: Auth\0enticAMD\n\0\0".utf8, "nul.txt")
    let result = try Program.hostcap.run(["judge", path, "--format", "text"])
    #expect(!result.output.contains(0) && !result.complaint.utf8.contains(0))
    #expect([0, 2].contains(result.status))
  }
}
