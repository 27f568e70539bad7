// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// ghw's description of a machine in JSON, as far as it repeats /proc/cpuinfo.
enum GhwMachine {
  static let name = "ghw machine JSON"

  private struct Document: Decodable {
    struct CPU: Decodable {
      var processors: [Processor]?
    }
    struct Processor: Decodable {
      var vendor, model: String?
      var capabilities: [String]?
    }
    struct Topology: Decodable {
      struct Node: Decodable { var id: Int? }
      var nodes: [Node]?
    }
    var cpu: CPU
    var topology: Topology?
  }

  static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    let document = try JSONInput.decode(Document.self, input)
    guard let processor = document.cpu.processors?.first else {
      throw Format.nothingToJudge(input, "\(name) without processors")
    }
    var tree = FileTree(input.path, others: .origin(.document))
    var text = "processor\t: 0\n"
    let fields = [
      ("vendor_id", processor.vendor), ("model name", processor.model),
      ("flags", processor.capabilities?.joined(separator: " ")),
    ]
    for (key, value) in fields {
      if let value { text += "\(key)\t: \(String(value.map { $0.isNewline ? " " : $0 }))\n" }
    }
    try tree.addFile("/proc/cpuinfo", Array(text.utf8))
    for node in document.topology?.nodes ?? [] {
      guard let id = node.id, (0..<1024).contains(id) else { continue }
      try tree.addDirectory("/sys/devices/system/node/node\(id)")
    }
    return input.machine(name, tree)
  }
}
