// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A JUnit file as libxml2 reads it.
struct JUnitDocument {
  struct Case: Equatable {
    let id: String
    var word = "passed"
    var why: String?
  }

  struct Suite {
    let name, errors: String
    /// tests, failures, skipped: as the attributes say, and as there are.
    let stated: [Int?]
    var counted: [Int?] = [0, 0, 0]
  }

  struct Damage: Error { let what: String }

  var cases: [Case] { reading.cases }
  var suites: [Suite] { reading.suites }
  var all: Suite {
    get throws {
      guard let all = reading.all else { throw Damage(what: "no testsuites") }
      return all
    }
  }

  private let reading = Reading()

  init(_ bytes: [UInt8]) throws {
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reading
    guard parser.parse() else {
      throw Damage(what: parser.parserError.map { "\($0), line \(parser.lineNumber)" } ?? "?")
    }
  }

  private final class Reading: NSObject, XMLParserDelegate {
    var cases: [Case] = []
    var suites: [Suite] = []
    var all: Suite?

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      switch element {
      case "testsuites": all = suite(attributes)
      case "testsuite": suites.append(suite(attributes))
      case "testcase":
        cases.append(Case(id: "\(attributes["classname"] ?? "").\(attributes["name"] ?? "")"))
        count(0)
      case "failure": end("failed", attributes, 1)
      case "skipped": end("skipped", attributes, 2)
      default: break
      }
    }

    private func suite(_ attributes: [String: String]) -> Suite {
      Suite(
        name: attributes["name"] ?? "", errors: attributes["errors"] ?? "",
        stated: ["tests", "failures", "skipped"].map { attributes[$0].flatMap { Int($0) } })
    }

    private func end(_ word: String, _ attributes: [String: String], _ index: Int) {
      cases[cases.count - 1].word = word
      cases[cases.count - 1].why = attributes["message"]
      count(index)
    }

    private func count(_ index: Int) {
      all?.counted[index]? += 1
      suites[suites.count - 1].counted[index]? += 1
    }
  }
}
