// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence
internal import HostModel

/// The JSON Schema (2020-12) of the report, built from the model's own enumerations, so that it cannot drift from them.
///
/// `Schema/hostcap-report-VERSION.schema.json` is this text, published; a test compares the two. A published file is never
/// edited: what changes it changes `HostReport.schemaVersion` as well.
public enum ReportSchema {
  /// The schema as canonical JSON text, with a newline at the end.
  public static var text: [UInt8] {
    var bytes: [UInt8] = []
    document.write(into: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  static let identifier = "https://hostcap.dev/schema/hostcap-report-\(HostReport.schemaVersion).schema.json"

  static var document: JSONValue {
    let head: [String: JSONValue] = [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": .string(identifier),
      "title": "hostcap report",
      "$defs": .object(shared.merging(devices) { first, _ in first }),
    ]
    return .object(head.merging(members(root)) { first, _ in first })
  }

  private static var root: JSONValue {
    object(
      """
      What one host can do for confidential computing and PCI passthrough, and on what evidence. Every key is always \
      present; null means not known, never no. Keys are sorted, arrays have a defined order, there are no fractions.
      """,
      [
        "schemaVersion": described(
          ["const": .string(HostReport.schemaVersion)],
          "MODEL.REVISION.ADDITION, apart from the release number."),
        "generator": object(
          "The program that judged.", ["name": text("Its name."), "version": text("Its release number.")]),
        "source": source,
        "environment": environment,
        "capabilities": list("One ladder each, in the catalogue's order.", of: reference("capability")),
        "contradictions": list(
          "Sources that do not agree, or only seem not to.", of: reference("contradiction")),
        "findings": list("What an operator should know and no rung needs.", of: reference("finding")),
        "facts": facts,
        "pci": pci,
      ])
  }

  private static var source: JSONValue {
    object(
      "Where the answers come from.",
      [
        "origin": orNull(
          words(
            Origin.allCases.map(\.rawValue),
            "What the answers are made of. Only live and mount let silence mean absent.")),
        "observedAt": orNull(
          pattern(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
            "When the host was asked, RFC 3339 in UTC. Null: a dump does not say.")),
        "privilege": orNull(
          object(
            "Who asked. Null: not a run of hostcap.",
            [
              "effectiveUserID": count("Effective user id; 0 is root."),
              "effectiveCapabilities": pattern(
                "^[0-9a-f]{16}$", "CapEff of /proc/self/status, 64 bits, capabilities(7)."),
              "sandbox": orNull(
                list(
                  "What that process had given up before it read anything. Empty: --no-sandbox. Null: not known.",
                  of: words(
                    Privilege.everyMeasure, "How: prctl(2), capabilities(7), landlock(7), seccomp(2)."))),
            ])),
      ])
  }

  private static var environment: JSONValue {
    object(
      "Whether the answers speak of a machine or of a guest. In a guest, host capabilities are notApplicable.",
      [
        "kind": words(
          ["bareMetal", "guest", "unknown"], "unknown: this may be a guest, so nothing is failed."),
        "assumed": flag("The operator said bare metal (--assume-bare-metal), and the host was not asked."),
        "hypervisor": orNull(text("Its name, for a guest.")),
        "because": orNull(text("Why it is not known, for unknown.")),
        "evidence": reference("evidence"),
      ])
  }

  private static var facts: JSONValue {
    [
      "type": "object",
      "description": "Measured values by id. A fact that could not be learnt is left out; a rung says why.",
      "propertyNames": ["pattern": "^[a-z0-9]+([._-][a-z0-9]+)*$"],
      "additionalProperties": object(
        "One fact.",
        [
          "value": [
            "description": """
            A flag, a count (beyond 2^53 - 1 its decimal digits as a string), a text or a list of texts. A unit that is not \
            plain ends the id: memory-bytes.
            """,
            "oneOf": [
              ["type": "boolean"], ["type": "integer", "minimum": 0], ["type": "string"],
              ["type": "array", "items": ["type": "string"]],
            ],
          ],
          "evidence": reference("evidence"),
        ]),
    ]
  }

  private static var pci: JSONValue {
    object(
      "PCI functions, by address.",
      [
        "functions": list("Every function.", of: reference("function")),
        "physicalFunctions": list(
          "Those that have the SR-IOV capability.", of: reference("physicalFunction")),
        "units": list("What can be handed to a guest as one.", of: reference("unit")),
        "accelerators": list(
          "GPUs and other devices that compute for guests or carry their data.", of: reference("accelerator")),
      ])
  }
}
