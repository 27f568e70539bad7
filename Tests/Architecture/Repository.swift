// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The files of this checkout, found from where this one was compiled.
enum Repository {
  struct SwiftFile: Sendable {
    let path: String
    let text: String

    /// Modules named in import lines, whatever stands before `import`; Glibc and the like are the platform's.
    var imports: [String] {
      text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at <= 1, words.count > at + 1 else { return nil }
        return Repository.platform.contains(String(words[at + 1])) ? nil : String(words[at + 1])
      }
    }
  }

  static let platform: Set<String> = ["Glibc", "Musl", "Synchronization"]

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  static func folders(in path: String) throws -> [String] {
    let all = try FileManager.default.contentsOfDirectory(
      at: root.appendingPathComponent(path), includingPropertiesForKeys: [.isDirectoryKey])
    return all.filter { $0.hasDirectoryPath }.map(\.lastPathComponent).sorted()
  }

  static func swiftFiles(below path: String) throws -> [SwiftFile] {
    let start = root.appendingPathComponent(path)
    let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    var files: [SwiftFile] = []
    while let url = walk?.nextObject() as? URL {
      guard url.pathExtension == "swift", !url.path.contains("/.build/") else { continue }
      let relative = String(url.path.dropFirst(root.path.count + 1))
      files.append(SwiftFile(path: relative, text: try String(contentsOf: url, encoding: .utf8)))
    }
    return files.sorted { $0.path < $1.path }
  }
}
