// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import HostModel

extension ReportSchema {
  /// What more than one part of a report refers to, and the capabilities.
  static var shared: [String: JSONValue] {
    [
      "evidence": list(
        "What was asked, most telling first.",
        of: object(
          "One citation.",
          [
            "ask": text(
              "The question: file:PATH, dir:PATH, link:PATH, cpuid:LEAF/SUBLEAF@CPU, msr:REGISTER@CPU, …"),
            "raw": orNull(
              text("What came back, cut to one line: for people and for comparing, not for parsing.")),
          ])),
      "verdict": words(
        Verdict.allCases.map(\.rawValue), "What one rung comes to. unknown is never a way of saying no."),
      "state": words(
        CapabilityState.allCases.map(\.rawValue),
        """
        ready: every rung holds. blocked: this hardware can, a named setting, update or binding is missing. absent: this \
        hardware never can. unknown: could not be determined. notApplicable: this is a guest.
        """),
      "layer": words(
        Layer.allCases.map(\.rawValue), "Where a rung stands between the machine and a scheduled guest."),
      "reason": pattern("^[a-z]+(\\.[a-z0-9_]+)+$", "One id of the closed list that `hostcap list` prints."),
      "fixKind": words(FixKind.allCases.map(\.rawValue), "What it takes to clear the rung, cheapest first."),
      "rungID": pattern("^[a-z0-9]+(-[a-z0-9]+)*$", "Unique in its ladder."),
      "capability": capability,
      "landing": object(
        "A rung that decided a state.",
        advice.merging([
          "rung": reference("rungID"),
          "layer": reference("layer"),
          "because": text("The value that decided, for people."),
        ]) { _, new in new }),
      "rung": rung,
      "contradiction": object(
        "Two sources that cannot both be right, or that look so and are not.",
        [
          "id": pattern("^[a-z0-9]+([._-][a-z0-9]+)*$", "For ever."),
          "meaning": text("What was seen and what it means, one sentence."),
          "evidence": reference("evidence"),
        ]),
      "finding": object(
        "Advice.",
        advice.merging([
          "subject": text("What it is about: a PCI address, a module, host."),
          "because": text("What was seen, for people."),
          "evidence": reference("evidence"),
        ]) { _, new in new }),
    ]
  }

  private static var capability: JSONValue {
    object(
      "A ladder with every rung judged.",
      [
        "id": pattern("^[a-z0-9]+([.-][a-z0-9]+)*$", "For ever: amd.sev-snp."),
        "title": text("A few words for people."),
        "state": reference("state"),
        "holdsAt": orNull(reference("layer"), "The highest layer below which nothing is left open."),
        "stopsAt": orNull(
          reference("landing"), "The lowest rung that fails and that no rung above vouches for."),
        "firstUnknown": orNull(
          reference("landing"), "The lowest rung that the capability needs and nobody could see."),
        "disputed": list(
          "Rungs that fail although a rung above, which cannot hold without them, passes.",
          of: reference("rungID")),
        "rungs": list(
          "Lowest first. Above a gate that does not pass, rungs are not asked and are left out.",
          of: reference("rung")),
      ])
  }

  private static var rung: JSONValue {
    object(
      "One thing that must hold.",
      advice.merging([
        "id": reference("rungID"),
        "layer": reference("layer"),
        "title": text("What holds when it passes."),
        "specification": text("Document, revision and section, or kernel file and version."),
        "advisory": flag("Only advises: neither its fail nor its unknown stops the climb."),
        "verdict": reference("verdict"),
        "because": text("The value that decided, for people."),
        "implied": flag("Not seen itself: a stronger rung above vouches for it."),
        "impliedBy": list("Rungs above that pass and cannot pass without this one.", of: reference("rungID")),
        "evidence": reference("evidence"),
      ]) { _, new in new })
  }

  /// The keys that tell why and what to do: all null, or none but the last.
  static var advice: [String: JSONValue] {
    [
      "reason": orNull(reference("reason"), "Null: there is nothing to clear."),
      "fix": orNull(text("What to do, for an operator.")),
      "fixKind": orNull(reference("fixKind")),
      "check": orNull(text("The cheapest command that shows the cause, and later the cure, by hand.")),
      "commandLine": orNull(
        text(
          "The kernel's command line once the fix is done. Null: the fix is elsewhere, or it is not known.")),
    ]
  }
}
