// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Real dumps beside the checkout. They are read there and never copied into it.
enum SharedMaterial {
  static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["HOSTCAP_SHARED"] { return URL(fileURLWithPath: path) }
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return repository.deletingLastPathComponent().appendingPathComponent("shared")
  }()

  static func folder(_ name: String) -> URL? {
    let url = root.appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: url.path) else {
      print("SKIPPED: \(url.path) is missing; these laws were NOT checked on real dumps")
      return nil
    }
    return url
  }

  /// Every regular file below `corpus/raw` and `corpus/derived`, in bytewise order.
  static let dumps: [String] = {
    guard let corpus = folder("corpus") else { return [] }
    var found: [String] = []
    for part in ["raw", "derived"] {
      let walk = FileManager.default.enumerator(
        at: corpus.appendingPathComponent(part), includingPropertiesForKeys: nil)
      while let url = walk?.nextObject() as? URL {
        if !url.hasDirectoryPath { found.append(url.path) }
      }
    }
    return found.sorted()
  }()
}
