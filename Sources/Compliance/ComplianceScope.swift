// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Documents
public import Tape

/// The scope that this hostcap answers: `scs-hostcap-accelerators.yaml`, as the runner of SCS compliance checks and the
/// compliance monitor load it.
///
/// Source: the runner's and the monitor's own code, SovereignCloudStack/standards, Tests and compliance-monitor.
public struct ComplianceScope: Sendable {
  public let uuid, name, url: String
  /// Ids in the scope's order, of those that a script answers.
  public let testcases: [String]
  /// Ids of those that people answer.
  public let manualTestcases: [String]

  /// The file's bytes: what a runner or a monitor is given.
  public static var text: [UInt8] { PackageResources.scs_hostcap_accelerators_yaml }
  public static let fileName = "scs-hostcap-accelerators.yaml"

  /// The built-in scope. Errors: none that a test does not find.
  public init() throws(InputError) { try self.init(Self.text) }

  init(_ bytes: [UInt8]) throws(InputError) {
    let document = try Document(parsing: bytes, path: Self.fileName)
    let top = try document.root.object("the scope")
    func text(_ key: String) throws(InputError) -> String {
      try top.required(key, "the scope").text(key)
    }
    (uuid, name, url) = (try text("uuid"), try text("name"), try text("url"))
    var (automatic, manual): ([String], [String]) = ([], [])
    for node in try top.required("scripts", "the scope").list("scripts") {
      let script = try node.object("a script")
      for node in try script.required("testcases", "a script").list("testcases") {
        let id = try node.object("a testcase").required("id", "a testcase").text("id")
        if script["executable"] == nil { manual.append(id) } else { automatic.append(id) }
      }
    }
    (testcases, manualTestcases) = (automatic, manual)
  }
}
