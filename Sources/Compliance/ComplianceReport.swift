// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import CanonicalJSON
internal import Crypto
internal import Exports
public import HostModel

/// What the compliance monitor takes: one run of the scope's scripts for one subject.
///
/// The same answers as of the same moment give the same bytes, and the same `run.uuid`: the monitor says 409 to a report
/// that it has. Source: the monitor's code; a report without `run.assignment` is taken and breaks its page.
public struct ComplianceReport: Sendable {
  public let scope: ComplianceScope
  /// The account's name at the monitor.
  public let subject: String
  public let run: ComplianceRun
  public let at: UTCTime
  /// Everybody reads it.
  public let assignment: [String: String]
  private let command: [String]
  private let uuid, invocation: String

  /// - Parameter release: as it was named; empty: it was not.
  public init(_ run: ComplianceRun, in scope: ComplianceScope, subject: String, release: String, at: UTCTime)
  {
    (self.run, self.scope, self.subject, self.at) = (run, scope, subject, at)
    assignment = release.isEmpty ? [:] : ["openstack_release": release]
    command = ["compliance", "run"] + (release.isEmpty ? [] : ["--release", release]) + run.testcases
    let said = [scope.uuid, subject, release, "\(at)"] + run.output + run.errors
    uuid = Self.uuid(of: ["run"] + said)
    invocation = Self.uuid(of: ["invocation"] + said)
  }

  /// Version 8: of our own making, from the beginning of a SHA-256. Source: RFC 9562, 5.8.
  private static func uuid(of texts: [String]) -> String {
    var hash = SHA256()
    for text in texts { hash.update(data: Array(text.utf8) + [0]) }
    var bytes = Array(hash.finalize().prefix(16))
    (bytes[6], bytes[8]) = (bytes[6] & 0x0f | 0x80, bytes[8] & 0x3f | 0x80)
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
  }

  private static let signals = ["info", "warning", "error", "critical"]

  public var json: JSONValue {
    let signals = Dictionary(
      uniqueKeysWithValues: Self.signals.map { ($0, JSONValue.integer(Int64(run.count(of: $0)))) })
    let call: [String: JSONValue] = [
      "id": .string(invocation), "cmd": .string((["hostcap"] + command).joined(separator: " ")),
      "results": .object(run.results.mapValues { .integer(Int64($0)) }), "rc": .integer(0),
      "stdout": .array(run.output.map { .string($0) }), "stderr": .array(run.errors.map { .string($0) }),
    ]
    return [
      "spec": ["uuid": .string(scope.uuid), "name": .string(scope.name), "url": .string(scope.url)],
      "checked_at": .string(moment.replacing(" ", with: "T")), "reference_date": .string(date),
      "subject": .string(subject),
      "run": [
        "uuid": .string(uuid), "argv": .array(command.map { .string($0) }),
        "assignment": .object(assignment.mapValues { .string($0) }), "sections": .null,
        "forced_version": .null, "forced_tests": .null,
        "invocations": .object([invocation: .object(call.merging(signals) { own, _ in own })]),
      ],
    ]
  }

  /// A document of its own: several may follow each other.
  public var yaml: String {
    let call: [(String, YAMLText.Value)] =
      [
        ("id", .text(invocation)), ("cmd", .text((["hostcap"] + command).joined(separator: " "))),
        ("results", .object(run.testcases.map { ($0, .number(run.results[$0] ?? 0)) })), ("rc", .number(0)),
        ("stdout", .list(run.output.map { .text($0) })), ("stderr", .list(run.errors.map { .text($0) })),
      ] + Self.signals.map { ($0, .number(run.count(of: $0))) }
    return "---\n"
      + YAMLText.write(
        .object([
          (
            "spec",
            .object([("uuid", .text(scope.uuid)), ("name", .text(scope.name)), ("url", .text(scope.url))])
          ),
          ("checked_at", .timestamp(moment)), ("reference_date", .timestamp(date)),
          ("subject", .text(subject)),
          (
            "run",
            .object([
              ("uuid", .text(uuid)), ("argv", .list(command.map { .text($0) })),
              ("assignment", .object(assignment.sorted { $0.key < $1.key }.map { ($0, .text($1)) })),
              ("sections", .nothing), ("forced_version", .nothing), ("forced_tests", .nothing),
              ("invocations", .object([(invocation, .object(call))])),
            ])
          ),
        ]))
  }

  /// UTC, without saying so: the monitor compares it with times that do not either.
  private var moment: String { "\(at)".replacing("T", with: " ").replacing("Z", with: "") }
  private var date: String { String("\(at)".prefix(10)) }
}
