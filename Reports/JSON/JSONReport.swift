// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

public enum JSONReport: Renderer {
  public static let format = "json"
  public static let mediaType = "text/plain"
  public static func render(_ report: HostReport, into output: inout [UInt8]) {}
}
