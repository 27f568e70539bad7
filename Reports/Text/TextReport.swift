// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

public enum TextReport: Renderer {
  public static let format = "text"
  public static let mediaType = "text/plain"
  public static func render(_ report: HostReport, into output: inout [UInt8]) {}
}
