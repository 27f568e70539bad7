// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import HostModel

/// The JSON Schema (2020-12) of what `hostcap sign --dsse` states of a report: the predicate of its in-toto Statement.
///
/// `Schema/hostcap-attestation-VERSION.schema.json` is this text, published, and is never edited. A reader passes over
/// keys that it does not know, as in-toto's parsing rules ask for.
public enum PredicateSchema {
  /// Of this predicate; a change that a reader would stumble over also changes the predicate's type.
  public static let version = "1.0.0"

  /// The schema as canonical JSON text, with a newline at the end.
  public static var text: [UInt8] {
    let head: [String: JSONValue] = [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": .string("https://hostcap.dev/schema/hostcap-attestation-\(version).schema.json"),
      "title": "hostcap attestation",
    ]
    var bytes: [UInt8] = []
    JSONValue.object(head.merging(predicate) { first, _ in first }).write(into: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private static var predicate: [String: JSONValue] {
    var members = ReportSchema.members(
      ReportSchema.object(
        """
        What a provider states of one host's report: an in-toto predicate of the type \
        https://hostcap.scs.community/attestation/report/v1. It names no host. A key that is missing is not said.
        """,
        [
          "collector": ReportSchema.object(
            "The program that made the report.",
            [
              "name": line("Its name."), "version": line("Its release number."),
            ]),
          "schemaVersion": line("Of the report, MODEL.REVISION.ADDITION."),
          "observedAt": time("When the host was asked, RFC 3339 in UTC."),
          "signedAt": time("When that was signed, RFC 3339 in UTC."),
          "capabilities": capabilities,
          "class": line(
            "What machines that are alike share: maker, model, processor, cards. Missing: of a guest."),
          "provider": label("Whose host it is."),
          "layer": ReportSchema.words(
            ["host", "iaas", "kaas"],
            "From where it was looked at: the host itself, a guest of the cloud, a node of its Kubernetes."),
          "release": label("Of what the provider runs: 2026.2-rc1."),
        ]))
    members["required"] = ["capabilities", "collector", "observedAt", "schemaVersion", "signedAt"]
    return members
  }

  private static var capabilities: JSONValue {
    [
      "type": "object",
      "description": "Where each ladder stands, by its id.",
      "maxProperties": 1000,
      "propertyNames": ["pattern": .string(labelPattern)],
      "additionalProperties": ReportSchema.words(
        CapabilityState.allCases.map(\.rawValue), "As the report has it."),
    ]
  }

  private static let labelPattern = "^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$"

  private static func label(_ description: String) -> JSONValue {
    ReportSchema.pattern(labelPattern, description)
  }

  private static func time(_ description: String) -> JSONValue {
    ReportSchema.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", description)
  }

  /// No control characters; 400 bytes are as many characters at most.
  private static func line(_ description: String) -> JSONValue {
    ReportSchema.described(
      [
        "type": "string", "minLength": 1, "maxLength": 400, "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
      ],
      description)
  }
}
