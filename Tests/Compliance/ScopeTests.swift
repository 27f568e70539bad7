// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Testing

@testable import Compliance

/// The scope file, held against what its readers take.
struct ScopeTests {
  /// Keys that the runner and the monitor know; any other aborts them.
  /// Source: SovereignCloudStack/standards, Tests/scs_cert_lib.py and its successor, observed with commit 077174d.
  static let keys = [
    "scope": [
      "uuid", "name", "url", "versions", "prerequisite", "variables", "scripts", "modules", "timeline",
    ],
    "script": ["executable", "env", "args", "testcases"],
    "testcase": ["id", "description", "url", "lifetime", "section"],
    "module": ["id", "name", "url", "targets", "parameters"],
    "version": ["version", "include", "targets", "stabilized_at"],
  ]

  private func scope() throws -> DocumentObject {
    try Document(parsing: ComplianceScope.text, path: "scope").root.object(
      "scope", keys: Self.keys["scope"] ?? [])
  }

  private func objects(_ key: String, of object: DocumentObject, _ kind: String) throws -> [DocumentObject] {
    try object.required(key, kind).list(key).map { try $0.object(kind, keys: Self.keys[kind] ?? []) }
  }

  @Test func everyKeyIsOneThatReadersKnow() throws {
    let scope = try scope()
    for script in try objects("scripts", of: scope, "script") {
      for test in try objects("testcases", of: script, "testcase") {
        let lifetime = try test.required("lifetime", "testcase").text("lifetime")
        #expect(["day", "week", "month", "quarter", "year"].contains(lifetime))
      }
    }
    _ = try objects("versions", of: scope, "version")
  }

  @Test func everyTestcaseOfAScriptHasAnAnswerAndNoAnswerIsWithoutOne() throws {
    let scope = try ComplianceScope()
    #expect(Set(scope.testcases) == Set(ComplianceTest.all.keys))
    #expect(Set(scope.testcases).count == scope.testcases.count)
    #expect(scope.manualTestcases == ["hostcap-release-tested"])
  }

  @Test func everyTestcaseIsATargetOnceAndEveryTargetATestcase() throws {
    let scope = try scope()
    let all = try ComplianceScope()
    var targets: [String] = []
    var modules: Set<String> = []
    for module in try objects("modules", of: scope, "module") {
      modules.insert(try module.required("id", "module").text("id"))
      for entry in try module.required("targets", "module").object("targets").entries {
        targets += try entry.value.list("a target").map { try $0.text("an id") }
      }
    }
    #expect(targets.sorted() == (all.testcases + all.manualTestcases).sorted())
    for version in try objects("versions", of: scope, "version") {
      let included = try version.required("include", "version").list("include").map { try $0.text("an id") }
      #expect(Set(included) == modules)
    }
  }
}
