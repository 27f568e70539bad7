// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Exports
internal import Planning

/// A comparison as reno takes it: a file below `releasenotes/notes`.
///
/// Source: reno 4.1.0, its sections and its names: a slug, a dash, 16 hexadecimal digits.
public struct ReleaseNote: Sendable, Hashable {
  public let fileName: String
  public let text: String

  /// - Parameter slug: the name's beginning: lower case, digits and dashes.
  public init(_ comparison: FleetComparison, slug: String) {
    let lines = comparison.lines
    let sections: [(String, [String])] = [
      ("features", Self.said(lines, .ready) { title, classes, _ in "\(title) can be used on \(classes)." }),
      (
        "issues",
        Self.said(lines, .lost) { "\($0) can no longer be used on \($1): \($2)." }
          + Self.said(lines, .unknown) { "Whether \($0) can still be used on \($1) is not known: \($2)." }
      ),
      (
        "other",
        Self.said(lines, .seen) { title, classes, _ in "\(title) is now seen to be usable on \(classes)." }
      ),
    ]
    let filled = sections.filter { !$0.1.isEmpty }
    let body: [(String, YAMLText.Value)] =
      filled.isEmpty
      ? [("other", .list([.text("Confidential computing and device passthrough: no change.")]))]
      : filled.map { ($0, .list($1.map { .text($0) })) }
    text = "---\n" + YAMLText.write(.object(body))
    let digits = SHA256.hash(data: Array(text.utf8)).prefix(8).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }
    fileName = "\(slug)-\(digits.joined()).yaml"
  }

  /// One sentence for each capability and cause: its title, the classes, the fix.
  private static func said(
    _ lines: [FleetComparison.Line], _ change: FleetComparison.Change,
    _ words: (String, String, String) -> String
  ) -> [String] {
    var classes: [(title: String, fix: String, classes: [String])] = []
    for line in lines where line.change == change {
      let fix = line.cause?.fix ?? ""
      if let index = classes.firstIndex(where: { $0.title == line.title && $0.fix == fix }) {
        classes[index].classes.append(line.hardwareClass)
      } else {
        classes.append((line.title, fix, [line.hardwareClass]))
      }
    }
    return classes.map { words($0.title, $0.classes.joined(separator: "; "), $0.fix) }
  }
}
