// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import Testing

@Suite struct CanonicalJSONTests {
  private func text(_ value: JSONValue, indented: Bool = false) -> String {
    var output: [UInt8] = []
    value.write(into: &output, indented: indented)
    return String(decoding: output, as: UTF8.self)
  }

  @Test func scalarsHaveOneForm() {
    #expect(text([.null, true, false, 0, -1]) == "[null,true,false,0,-1]")
    #expect(text(.integer(.min)) == "-9223372036854775808")
    #expect(text(.integer(.max)) == "9223372036854775807")
  }

  @Test(arguments: [
    ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\n", #""\n""#), ("\t", #""\t""#),
    ("\r", #""\u000d""#),
    ("\u{0}", #""\u0000""#), ("\u{1b}[2J", #""\u001b[2J""#), ("\u{7f}", #""\u007f""#),
    ("\u{9b}", #""\u009b""#), ("\u{202e}a\u{2066}", #""\u202ea\u2066""#), ("\u{200f}", #""\u200f""#),
    ("é", "\"é\""), ("€", "\"€\""), ("𝄞", "\"𝄞\""), ("", "\"\""),
  ])
  func onlyWhatMustBeIsEscaped(raw: String, quoted: String) {
    #expect(text(.string(raw)) == quoted)
  }

  @Test func membersStandInTheOrderOfTheirBytes() {
    #expect(
      text(["b": 1, "a": 2, "B": 3, "aa": 4, "": 5, "é": 6]) == #"{"":5,"B":3,"a":2,"aa":4,"b":1,"é":6}"#)
  }

  @Test func anEscapedNameIsAMemberLikeAnyOther() {
    #expect(text(["a\"b\n": true]) == #"{"a\"b\n":true}"#)
  }

  @Test func indentationIsTwoBlanksALevelAndEmptyOnesStayClosed() {
    let value: JSONValue = ["list": [1, ["x": []]], "none": [:]]
    #expect(
      text(value, indented: true) == """
        {
          "list": [
            1,
            {
              "x": []
            }
          ],
          "none": {}
        }
        """)
  }

  @Test func theLastOfTwoEqualNamesHolds() {
    #expect(text(["a": 1, "a": 2]) == #"{"a":2}"#)
  }
}
