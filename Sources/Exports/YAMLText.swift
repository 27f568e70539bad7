// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Yams

/// YAML for people and for PyYAML: keys in the given order, texts in quotes wherever they could be taken for anything else.
public enum YAMLText {
  public indirect enum Value {
    case text(String)
    case number(Int)
    case flag(Bool)
    /// `2026-11-26 09:45:50`, which readers take for one.
    case timestamp(String)
    case nothing
    case list([Value])
    case object([(String, Value)])
  }

  public static func write(_ value: Value) -> String {
    // Of such a tree nothing fails to be written.
    (try? serialize(node: node(value), indent: 2, width: -1, allowUnicode: true)) ?? ""
  }

  private static func node(_ value: Value) -> Node {
    switch value {
    case .text(let text): Node(text, Tag(.str), isPlain(text) ? .plain : .doubleQuoted)
    case .number(let number): Node(String(number), Tag(.int), .plain)
    case .flag(let flag): Node(flag ? "true" : "false", Tag(.bool), .plain)
    case .timestamp(let text): Node(text, Tag(.timestamp), .plain)
    case .nothing: Node("null", Tag(.null), .plain)
    case .list(let values): Node(values.map(node), Tag(.seq), values.isEmpty ? .flow : .block)
    case .object(let pairs):
      // An empty block would be nothing.
      Node(pairs.map { (node(.text($0)), node($1)) }, Tag(.map), pairs.isEmpty ? .flow : .block)
    }
  }

  /// YAML 1.1 reads more than `true` as a boolean, and `1.0` and `1_0` as numbers.
  private static func isPlain(_ text: String) -> Bool {
    let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~"]
    guard let first = text.utf8.first, !words.contains(text.lowercased()) else { return false }
    let isLetter =
      (0x41...0x5a).contains(first) || (0x61...0x7a).contains(first) || first == UInt8(ascii: "$")
    let isSafe = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
        || Array("$_-./:".utf8).contains($0)
    }
    return isLetter && isSafe && !text.hasSuffix(":")
  }
}
