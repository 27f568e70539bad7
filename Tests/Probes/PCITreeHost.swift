// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation

/// A folder that a tool wrote, read as a copy of a host: what it lacks is withheld.
struct PCITreeHost: HostSource {
  let root: String
  private let leaves: [UInt32: CPUIDRegisters]

  init(_ root: String) {
    self.root = root
    leaves = Self.leaves(root)
  }

  func ask(_ question: Question) -> Answer {
    switch question {
    case .origin: .bytes(Array("tree\n".utf8))
    case .assumption: .absent
    case .cpuid(let leaf, 0, 0): leaves[leaf].map { .bytes($0.bytes) } ?? Self.lacking
    case .file(let path): file(path, limit: Question.fileLimit)
    case .pciConfig(let address): file("/sys/bus/pci/devices/\(address)/config", limit: 4096)
    case .directory(let path): directory(path)
    case .link(let path): link(path)
    default: Self.lacking
    }
  }

  private static let lacking = Answer.withheld("not in this copy")

  private func file(_ path: String, limit: Int) -> Answer {
    guard let data = FileManager.default.contents(atPath: root + path) else { return Self.lacking }
    return .bytes(Array(data.prefix(limit)))
  }

  private func directory(_ path: String) -> Answer {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: root + path) else {
      return Self.lacking
    }
    return .bytes(Array(names.sorted().map { $0 + "\n" }.joined().utf8))
  }

  private func link(_ path: String) -> Answer {
    guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: root + path) else {
      return Self.lacking
    }
    return .bytes(Array(target.utf8))
  }

  /// `   0x00000001 0x00: eax=0x00a00f11 ebx=… ecx=… edx=…`, of the first CPU.
  private static func leaves(_ root: String) -> [UInt32: CPUIDRegisters] {
    let text = (try? String(contentsOfFile: root + "/cpuid.txt", encoding: .utf8)) ?? ""
    var leaves: [UInt32: CPUIDRegisters] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: { " :=".contains($0) }).compactMap { word in
        word.hasPrefix("0x") ? UInt32(word.dropFirst(2), radix: 16) : nil
      }
      guard words.count == 6, leaves[words[0]] == nil else { continue }
      leaves[words[0]] = CPUIDRegisters(eax: words[2], ebx: words[3], ecx: words[4], edx: words[5])
    }
    return leaves
  }
}

/// Material shared between checkouts; a test that lacks it says so and is skipped.
enum SharedMaterial {
  static let folder: String = {
    if let named = ProcessInfo.processInfo.environment["HOSTCAP_SHARED"] { return named }
    let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return project.deletingLastPathComponent().appending(path: "shared").path()
  }()

  static func has(_ path: String) -> Bool {
    let isThere = FileManager.default.fileExists(atPath: folder + "/" + path)
    if !isThere { print("SKIPPED: \(folder)/\(path) is not there") }
    return isThere
  }

  /// The standard output of a command; `nil` if it cannot run or fails.
  static func run(_ command: [String]) throws -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
  }
}
