// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A value with blanks to be filled in, for many values that are alike but for a few words: it is written once, and filled
/// many times.
public final class JSONForm: Sendable {
  private let value: JSONValue
  private let blanks: [[UInt8]]

  /// - Parameters:
  ///   - value: a value in whose text the blanks stand, each wherever its word belongs.
  ///   - blanks: plain words of ASCII, none of which begins another.
  ///   - words: an example of what is filled in, word by word, as it stands in canonical text.
  ///   - example: what filling them in has to give; `nil` is returned where it gives something else.
  public init?(_ value: JSONValue, blanks: [String], filling words: [String], gives example: JSONValue) {
    self.value = value
    self.blanks = blanks.map { Array($0.utf8) }
    var (blank, filled, whole): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    value.write(into: &blank, indented: false)
    Text(blank, blanks: self.blanks).fill(with: words, into: &filled)
    example.write(into: &whole, indented: false)
    if filled != whole { return nil }
  }

  /// The canonical text around the blanks.
  struct Text {
    private var bytes: [UInt8] = []
    /// Where a blank is, by what is before it, and which one.
    private var places: [(end: Int, blank: Int)] = []

    fileprivate init(_ whole: [UInt8], blanks: [[UInt8]]) {
      var at = 0
      while at < whole.count {
        let rest = whole[at...]
        if let blank = blanks.firstIndex(where: { $0.first == whole[at] && rest.starts(with: $0) }) {
          places.append((bytes.count, blank))
          at += blanks[blank].count
        } else {
          bytes.append(whole[at])
          at += 1
        }
      }
    }

    func fill(with words: [String], into output: inout [UInt8]) {
      var start = 0
      for (end, blank) in places {
        output += bytes[start..<end]
        output += words[blank].utf8
        start = end
      }
      output += bytes[start...]
    }
  }

  /// - Parameter drain: for what a form has none of, elements that are made one by one.
  func text(depth: Int?, _ drain: (inout [UInt8]) -> Void) -> Text {
    var whole: [UInt8] = []
    value.write(into: &whole, depth: depth, drain)
    return Text(whole, blanks: blanks)
  }
}

/// A form with its words.
public struct JSONFilling: Sendable, Equatable {
  let form: JSONForm
  let words: [String]

  public init(_ form: JSONForm, _ words: [String]) { (self.form, self.words) = (form, words) }

  /// Of one form only: values of which one is a filling and the other none are not compared.
  public static func == (a: JSONFilling, b: JSONFilling) -> Bool { a.form === b.form && a.words == b.words }
}
