// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel
public import Results

/// Test results as JUnit XML: a suite for each capability, one attribute set that Zuul, GitLab, Jenkins and Sonobuoy read.
///
/// What is not known, or never can be, is skipped with its reason; there are no errors, for a rung cannot break. Times are
/// zero, for nothing is measured, and a timestamp is in UTC. Nothing names a host or a PCI function.
/// Source: the elements and attributes of Apache Ant's JUnit task, and Jenkins' xunit-plugin junit-10.xsd for `skipped`.
public enum JUnitReport: ResultsRenderer {
  public static let format = "junit"
  public static let mediaType = "application/xml"

  public static func render(_ results: [TestResults], into output: inout [UInt8]) {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let count = OutcomeCount(results.flatMap { $0.suites.flatMap(\.cases) })
    text += "<testsuites name=\"hostcap\" \(counts(count))>\n"
    for machine in results {
      for suite in machine.suites { add(suite, of: machine, to: &text) }
    }
    output += (text + "</testsuites>\n").utf8
  }

  private static func add(_ suite: TestSuite, of machine: TestResults, to text: inout String) {
    let time = machine.observedAt.flatMap(UTCTime.init(secondsSince1970:))
    // xs:dateTime of the format's first schema, which takes no zone.
    let timestamp = time.map { " timestamp=\"\(String("\($0)".dropLast()))\"" } ?? ""
    text +=
      "  <testsuite name=\"\(escaped(machine.qualified(suite.name)))\" \(counts(suite.count))\(timestamp)>\n"
    for one in suite.cases {
      text += "    <testcase classname=\"\(escaped(machine.qualified(one.className)))\""
      text += " name=\"\(escaped(String(one.name)))\" time=\"0\">\n"
      switch one.outcome {
      case .passed: text += systemOut(one)
      case .failed(let why):
        text += "      <failure message=\"\(escaped(why))\" type=\"\(escaped(one.reason ?? "requirement"))\">"
        text += "\(escaped(one.details))</failure>\n"
      case .skipped(let why): text += "      <skipped message=\"\(escaped(why))\"/>\n" + systemOut(one)
      }
      text += "    </testcase>\n"
    }
    text += "  </testsuite>\n"
  }

  private static func counts(_ count: OutcomeCount) -> String {
    "tests=\"\(count.all)\" failures=\"\(count.failed)\" errors=\"0\" skipped=\"\(count.skipped)\" time=\"0\""
  }

  private static func systemOut(_ one: TestCase) -> String {
    "      <system-out>\(escaped(one.details))</system-out>\n"
  }

  /// For text and for attributes; what XML cannot hold is not in a case. Source: XML 1.0 (fifth edition) section 2.4.
  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;".unicodeScalars
      case "<": escaped += "&lt;".unicodeScalars
      case ">": escaped += "&gt;".unicodeScalars
      case "\"": escaped += "&quot;".unicodeScalars
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
