// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Planning
import Tape
import Testing

/// A file of flavors as it is written, and what the lint says of it.
struct FlavorText {
  let text: String

  init(_ text: String) { self.text = text }

  /// One mandatory flavor; its lines begin with line 4.
  init(flavor lines: String) {
    let indented = lines.split(separator: "\n").enumerated().map {
      ($0.offset == 0 ? "  - " : "    ") + $0.element
    }
    text = "reference:\n  - field: name\nmandatory:\n" + indented.joined(separator: "\n") + "\n"
  }

  /// A flavor of four vCPUs and 16 GiB, with these extra specs from line 7 on.
  init(name: String, _ specs: String) { self.init(flavor: "name: \(name)\ncpus: 4\nram: 16384\n" + specs) }

  func file() throws(InputError) -> FlavorFile {
    try FlavorFile(Document(parsing: Array(text.utf8), path: "flavors.yaml"))
  }

  func findings(_ release: String) throws -> [FlavorFinding] {
    FlavorLint.findings(try file(), release: try #require(OpenStackRelease.named(release)))
  }

  /// `line severity rule`, one a finding.
  func rules(_ release: String) throws -> [String] {
    try findings(release).map { "\($0.line) \($0.severity) \($0.rule)" }
  }

  var refusal: String? {
    do throws(InputError) { _ = try file() } catch { return "\(error)" }
    return nil
  }
}
