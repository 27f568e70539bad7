// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct StrictJSONTests {
  private func fault(_ text: String) -> JSONFault? {
    do {
      _ = try JSONDocument(Array(text.utf8))
      return nil
    } catch { return error }
  }

  /// What readers of JSON disagree about, and what RFC 8259 forbids.
  @Test(arguments: [
    (#"{"host":"zz","host":"a"}"#, JSONFault.Kind.duplicateKey),
    (#"{"a":{"b":[{"c":1,"c":1}]}}"#, .duplicateKey),
    (#"{"a":1,"\u0061":2}"#, .duplicateKey), (#"{"a":[1,,2]}"#, .notJSON), (#"{"a":[1}}"#, .notJSON),
    (#"{"a":1} x"#, .notJSON), (#"{"a":1}{"b":2}"#, .notJSON), ("{\"a\":\"\u{01}\"}", .notJSON),
    (#"{"a":01}"#, .notJSON), (#"{"a":1.e5}"#, .notJSON), (#"{"a":-}"#, .notJSON), (#"{"a":tru}"#, .notJSON),
    (#"{"a":nul}"#, .notJSON), (#"[nulll]"#, .notJSON), ("nil", .notJSON),
    (#"{"a":"\ud800"}"#, .notJSON), (#"{'a':1}"#, .notJSON), (#"{"a":1,}"#, .notJSON), ("", .notJSON),
    ("   ", .notJSON),
    (#"{"a":NaN}"#, .notJSON), (#"{"a":1"#, .notJSON),
  ])
  func whatReadersDisagreeAboutIsRefused(_ text: String, _ kind: JSONFault.Kind) {
    #expect(fault(text)?.kind == kind, "\(text): \(String(describing: fault(text)))")
  }

  @Test func bytesThatAreNoUTF8AreRefused() {
    for bytes: [UInt8] in [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x80]] {
      let text = Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8)
      #expect(throws: JSONFault.self) { try JSONDocument(text) }
    }
  }

  @Test func asManyLevelsAsTheLimitAndNoMore() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(fault(nested(JSONDocument.depthLimit)) == nil)
    #expect(fault(nested(JSONDocument.depthLimit + 1))?.kind == .tooDeep)
    #expect(fault(nested(100_000))?.kind == .tooDeep)
    // Cut off there, the parser looks for the place.
    for levels in [65, 1023, 1024, 1025, 100_000] {
      for piece in ["[", #"{"a":"#] {
        #expect(fault(String(repeating: piece, count: levels)) != nil, "\(levels) of \(piece)")
      }
    }
  }

  @Test func aFaultSaysAtWhichByte() {
    #expect(fault(#"{"a":[1,2,x]}"#)?.offset == 10)
    #expect(fault(#"{"a":1,"b":01}"#)?.offset.map { (11...13).contains($0) } == true)
  }

  @Test func valuesComeBackAsTheyStand() throws {
    let text =
      #" {"n":null,"t":true,"i":-9223372036854775808,"u":18446744073709551615,"f":1.5,"s":"a\u00e9\n","l":[1,[],{}]} "#
    let root = try JSONDocument(Array(text.utf8)).root
    #expect(root["n"]?.isNull == true)
    #expect(root["t"]?.flag == true)
    #expect(root["i"]?.integer == .min)
    #expect(root["u"]?.integer == nil)
    #expect(root["f"]?.integer == nil)
    #expect(root["s"]?.text == "aé\n")
    #expect(root["l"]?.elements?.map(\.isArray) == [false, true, false])
    #expect(root["missing"] == nil)
    #expect(root.members?.map(\.key) == ["n", "t", "i", "u", "f", "s", "l"])
    #expect(root["s"]?["x"] == nil)
  }

  @Test func aMembersBytesAreThoseOfTheText() throws {
    let inner = "{ \"schemaVersion\" : \"1.0.0\",\t\"x\":[1, 2 ] }"
    let text = "{\"report\": \(inner)  ,\"machine\":\"a\"}"
    let range = try #require(try JSONDocument(Array(text.utf8)).bytes(of: "report"))
    #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == inner)
    #expect(try JSONDocument(Array(text.utf8)).bytes(of: "machine") == nil)
  }

  /// Random texts, some broken: what is taken comes back with the same values, and nothing crashes.
  @Test func manyKeysAndDeepTreesAreReadWhole() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let keys = (0..<Int.random(in: 0...40, using: &generator)).map { "k\($0)" }.shuffled()
      let text = "{" + keys.enumerated().map { "\"\($1)\":[\($0)]" }.joined(separator: ",") + "}"
      let root = try JSONDocument(Array(text.utf8)).root
      #expect(root.members?.map(\.key) == keys)
      if let twice = keys.randomElement() {
        let broken = String(text.dropLast()) + ",\"\(twice)\":0}"
        #expect(fault(broken)?.kind == .duplicateKey)
      }
    }
  }

  @Test func shapeErrorsNameThePlace() throws {
    let root = try JSONDocument(Array(#"{"a":[{"b":1},{"b":"x"}]}"#.utf8)).root
    #expect(throws: ShapeError("is of another type", at: ".a[1].b")) {
      try root.list("a") { element throws(ShapeError) in
        try element.member("b") { value throws(ShapeError) in try value.whole() }
      }
    }
    #expect(throws: ShapeError("has no c", at: ".a[0]")) {
      try root.list("a") { element throws(ShapeError) in
        try element.member("c") { value throws(ShapeError) in try value.whole() }
      }
    }
  }
}
