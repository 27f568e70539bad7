// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import CanonicalJSON
internal import Planning

extension NeedsPage {
  /// One row a demand and what becomes of it, for spreadsheets. Source: RFC 4180.
  public var csv: String {
    var rows = [["demand", "of", "wanted", "share", "count", "fix_kind", "reason", "fix", "things"]]
    for line in needs.lines {
      let start = [line.demand.name, Self.words(line.demand), "\(line.demand.wanted)"]
      rows.append(
        start + ["usable", "\(line.usableCount)", "", "", "", line.usable.joined(separator: " ")])
      rows.append(start + ["of them proven", "\(line.provenCount)", "", "", "", ""])
      for (share, fixes) in [("fix", line.fixes), ("unknown", line.unknown)] {
        for fix in fixes {
          rows.append(
            start + [
              share, "\(fix.count)", fix.remedy.kind, fix.remedy.reason, fix.remedy.fix,
              fix.things.joined(separator: " "),
            ])
        }
      }
      rows.append(start + ["missing", "\(line.missing)", "", "", "", ""])
    }
    return rows.map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// Quoted wherever needed; a text that a spreadsheet would take for a formula gets an apostrophe.
  private static func field(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    let needsQuotes = safe.contains { ",\"\n\r".contains($0) }
    return needsQuotes
      ? "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      : safe
  }

  public var json: JSONValue {
    func fixes(_ fixes: [NeedsAssessment.Fix]) -> JSONValue {
      .array(
        fixes.map { fix in
          [
            "count": .integer(Int64(fix.count)), "fix": .string(fix.remedy.fix),
            "fixKind": .string(fix.remedy.kind), "reason": .string(fix.remedy.reason),
            "things": .array(fix.things.map { .string($0) }),
          ]
        })
    }
    let lines = needs.lines.map { line -> JSONValue in
      [
        "demand": .string(line.demand.name), "of": .string(Self.words(line.demand)),
        "wanted": .integer(Int64(line.demand.wanted)), "usable": .integer(Int64(line.usableCount)),
        "proven": .integer(Int64(line.provenCount)),
        "usableThings": .array(line.usable.map { .string($0) }), "fixes": fixes(line.fixes),
        "unknown": fixes(line.unknown), "missing": .integer(Int64(line.missing)),
        "hardwareSeen": .bool(!line.isNowhere),
      ]
    }
    let purchase = needs.purchase.map { purchase -> JSONValue in
      [
        "count": .integer(Int64(purchase.count)), "hardware": .string(purchase.hardware.name),
        "example": .string(purchase.hardware.example),
      ]
    }
    return [
      "release": .string(needs.list.releaseName), "hosts": .integer(Int64(needs.hostCount)),
      "demands": .array(lines), "purchase": .array(purchase),
    ]
  }
}
