// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

/// Where a member stands in the text, of random texts whose pieces are known.
@Suite struct MemberBytesTests {
  private static let blanks = [" ", "\n", "\r", "\t", ""]
  private static let strings = [
    #""""#, #""a""#, #""\"""#, #""\\""#, #""\\\"}{][,:""#, #""{\"report\":{}}""#, #""é\u00e9,""#,
  ]

  private static func blank() -> String {
    (0..<Int.random(in: 0...3)).map { _ in blanks.randomElement() ?? "" }.joined()
  }

  private static func value(_ depth: Int) -> String {
    switch Int.random(in: 0...(depth > 3 ? 2 : 4)) {
    case 0: ["null", "true", "false", "0", "-1.5e-7", "18446744073709551615"].randomElement() ?? "0"
    case 1, 2: strings.randomElement() ?? #""""#
    case 3: list("[", (0..<Int.random(in: 0...4)).map { _ in value(depth + 1) }, "]")
    default: object(depth + 1)
    }
  }

  private static func list(_ open: String, _ items: [String], _ close: String) -> String {
    open + blank() + items.joined(separator: blank() + "," + blank()) + blank() + close
  }

  private static func object(_ depth: Int) -> String {
    let keys = ["a", "b", #"\""#, "é", "report", #"\\"#].shuffled().prefix(Int.random(in: 0...4))
    return list("{", keys.map { #""\#($0)""# + blank() + ":" + blank() + value(depth) }, "}")
  }

  @Test func aMemberIsFoundWhereverItStandsAndWhateverIsBeside() throws {
    for _ in 0..<3_000 {
      let wanted = Self.object(1)
      var members = ["x", "y", #"\u0001"#, #"reporT"#].prefix(Int.random(in: 0...4)).map {
        #""\#($0)""# + Self.blank() + ":" + Self.blank() + Self.value(1)
      }
      let key = Bool.random() ? #""report""# : #""r\u0065port""#
      members.append(key + Self.blank() + ":" + Self.blank() + wanted)
      let text = Self.blank() + Self.list("{", members.shuffled(), "}") + Self.blank()
      let bytes = Array(text.utf8)
      let range = try #require(try JSONDocument(bytes).bytes(of: "report"), "\(text)")
      #expect(String(decoding: bytes[range], as: UTF8.self) == wanted, "\(text)")
    }
  }

  @Test(arguments: [
    #"{"report":[{}]}"#, #"{"report":"{}"}"#, #"{"a":{"report":{}}}"#, "{}", "[]", "1", #""report""#,
  ])
  func whatIsNoObjectOrNoMemberIsNowhere(_ text: String) throws {
    #expect(try JSONDocument(Array(text.utf8)).bytes(of: "report") == nil)
  }
}
