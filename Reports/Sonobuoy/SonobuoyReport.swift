// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import HostModel
public import Results

/// Test results as Sonobuoy keeps those of a plugin, in `sonobuoy_results.yaml`: machine, suite, case.
///
/// Exactly three levels below the root, which is as deep as readers look. A machine is called by its kind of processor, or
/// `worker`; of several, with its place behind. A branch has failed if a case in it has; else it has passed if one has.
/// The text is JSON, which is YAML too. Source: Sonobuoy pkg/client/results, Item; YAML 1.2 section 1.3.
public enum SonobuoyReport: ResultsRenderer {
  public static let format = "sonobuoy"
  public static let mediaType = "application/yaml"

  public static func render(_ results: [TestResults], into output: inout [UInt8]) {
    let count = OutcomeCount(results.flatMap { $0.suites.flatMap(\.cases) })
    let document = item("hostcap", count, meta: ["type": "summary"], results.map(machine))
    document.write(into: &output)
    output.append(UInt8(ascii: "\n"))
  }

  private static func machine(_ results: TestResults) -> JSONValue {
    var meta = ["type": JSONValue.string("node")]
    if let time = results.observedAt.flatMap(UTCTime.init(secondsSince1970:)) {
      meta["observed-at"] = .string("\(time)")
    }
    let suites = results.suites.map { suite in
      item(suite.name, suite.count, meta: ["type": "suite"], suite.cases.map { leaf($0, of: results) })
    }
    return item(results.workerName, results.count, meta: meta, suites)
  }

  private static func item(
    _ name: String, _ count: OutcomeCount, meta: [String: JSONValue], _ items: [JSONValue]
  ) -> JSONValue {
    let status = count.failed > 0 ? "failed" : count.passed > 0 ? "passed" : "skipped"
    return ["name": .string(name), "status": .string(status), "meta": .object(meta), "items": .array(items)]
  }

  /// Details under the keys that Sonobuoy gives those of JUnit files, and `reason` for a skip.
  private static func leaf(_ one: TestCase, of results: TestResults) -> JSONValue {
    var details = ["system-out": JSONValue.string(one.details)]
    let status: String
    switch one.outcome {
    case .passed: status = "passed"
    case .failed(let why):
      status = "failed"
      details["failure"] = .string(why)
    case .skipped(let why):
      status = "skipped"
      details["reason"] = .string(why)
    }
    var meta = ["type": JSONValue.string("case")]
    if let reason = one.reason { meta["reason"] = .string(reason) }
    return [
      "name": .string(results.qualified(one.id)), "status": .string(status), "meta": .object(meta),
      "details": .object(details),
    ]
  }
}
