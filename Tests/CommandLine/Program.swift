// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// An executable of this package, as the build left it, run as a user runs it.
struct Program {
  let name: String
  /// Of a program that is not this package's.
  var place: URL?

  static let hostcap = Program(name: "hostcap")
  static let agent = Program(name: "hostcap-agent")

  /// For a program under the address sanitizer: one in a sandbox cannot be searched for leaks, for that stops and traces it.
  static let unsearched = ["ASAN_OPTIONS": "detect_leaks=0"]
  /// This process's environment with that.
  static var inherited: [String: String] {
    ProcessInfo.processInfo.environment.merging(unsearched) { _, new in new }
  }
  /// Whether we and our programs run under that sanitizer, which maps terabytes.
  static var isSanitized: Bool { ProcessInfo.processInfo.environment["ASAN_OPTIONS"] != nil }

  struct Result {
    let status: Int32
    let output: [UInt8]
    let complaint: String
    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }
  }

  /// Beside the test bundle, wherever the build folder is.
  var url: URL {
    if let place { return place }
    let fallback = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: ".build/debug")
    let folders = [
      Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent(), fallback,
    ]
    let files = folders.map { $0.appending(path: name) }
    return files.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? files[files.count - 1]
  }

  /// - Parameter environment: set besides a locale; nothing is inherited.
  func run(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"].merging(Self.unsearched) { _, new in
      new
    }
    .merging(environment) { _, new in new }
    // Files, not pipes: nothing fills up while we wait.
    let (given, out, err) = (folder.file("in"), folder.file("out"), folder.file("err"))
    try Data(input).write(to: given)
    for file in [out, err] { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: given)
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: Array(try Data(contentsOf: out)),
      complaint: String(decoding: try Data(contentsOf: err), as: UTF8.self))
  }
}

/// A folder that goes when its last user does.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "hostcap-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appending(path: name) }

  func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
    try Data(bytes).write(to: file(name))
    return file(name).path
  }
}
