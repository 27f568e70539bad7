// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

/// Draws test results, of one machine or of several.
public protocol ResultsRenderer: Renderer {
  static func render(_ results: [TestResults], into output: inout [UInt8])
}

extension ResultsRenderer {
  public static func render(_ report: HostReport, into output: inout [UInt8]) {
    render([TestResults(report)], into: &output)
  }
}
