// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Files a person has read and found right; `HOSTCAP_UPDATE_GOLDEN=1` writes them anew, and the difference is reviewed.
enum Golden {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static var isUpdating: Bool { ProcessInfo.processInfo.environment["HOSTCAP_UPDATE_GOLDEN"] == "1" }

  static func expect(_ bytes: [UInt8], equals path: String) throws {
    let file = root.appending(path: path)
    if isUpdating {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    #expect(String(decoding: bytes, as: UTF8.self) == golden, "\(path) differs")
  }
}
