// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Files, directories and symbolic links of a host, held in memory: an unpacked archive, or what a dump says sysfs held.
///
/// Nodes are numbered; a directory maps names to numbers, so a subtree can stand at a second place without being copied.
public struct FileTree: Sendable {
  enum Content: Sendable {
    case directory
    case file
    case link
  }

  struct Node: Sendable {
    var content: Content
    /// A file's bytes or a link's target.
    var bytes: [UInt8] = []
    var names: [String: Int] = [:]
  }

  /// Entries: twice what the largest host of 65,536 functions shows for its PCI tree.
  public static let entryLimit = 1_048_576
  /// Bytes kept, all files together.
  public static let byteLimit = 512 << 20
  /// Components of a path; PATH_MAX is 4096 and a component takes two characters at least.
  static let depthLimit = 2048

  /// Named in refusals.
  public let input: String
  /// Bytes kept of one file; what is longer is cut here.
  public let keeping: Int
  /// What questions other than for files get, and what is said of files that the tree does not hold.
  public var others: Tape

  var nodes = [Node(content: .directory)]
  var root = 0
  private var keptBytes = 0

  public init(_ input: String = "tree", keeping: Int = Question.fileLimit, others: Tape = Tape()) {
    (self.input, self.keeping, self.others) = (input, keeping, others)
  }
}

extension FileTree: HostSource {
  /// Files, directories and links from the tree, configuration space from sysfs' `config`, the rest from `others`.
  public func ask(_ question: Question) -> Answer {
    let held: Answer? =
      switch question {
      case .file(let path): file(at: path)
      case .directory(let path): names(in: path)
      case .link(let path): link(at: path)
      case .pciConfig(let address): configuration(of: address)
      default: nil
      }
    return held ?? others[question] ?? .withheld("not in this copy")
  }

  private func file(at path: String) -> Answer? {
    guard let node = resolve(path) else { return nil }
    switch nodes[node].content {
    case .file: return .bytes(Array(nodes[node].bytes.prefix(Question.fileLimit)))
    default: return .failed(code: 21, "is a directory")
    }
  }

  private func names(in path: String) -> Answer? {
    guard let node = resolve(path) else { return nil }
    guard nodes[node].content == .directory else { return .absent }
    return .bytes(sortedNames(of: node).flatMap { Array($0.utf8) + [0x0a] })
  }

  private func link(at path: String) -> Answer? {
    guard let node = resolve(path, followingLast: false) else { return nil }
    guard nodes[node].content == .link else { return .failed(code: 22, "not a symbolic link") }
    return .bytes(nodes[node].bytes)
  }

  /// Source: kernel drivers/pci/pci-sysfs.c; 64, 256 or 4096 bytes.
  private func configuration(of address: PCIAddress) -> Answer? {
    guard let node = resolve("/sys/bus/pci/devices/\(address)/config"), nodes[node].content == .file,
      !nodes[node].bytes.isEmpty
    else { return nil }
    return .bytes(Array(nodes[node].bytes.prefix(4096)))
  }

  func sortedNames(of node: Int) -> [String] {
    nodes[node].names.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension FileTree {
  /// Puts a file there, with the directories above it; one that was there before is replaced.
  public mutating func addFile(_ path: String, _ bytes: some Collection<UInt8>) throws(InputError) {
    let kept = Array(bytes.prefix(keeping))
    guard keptBytes + kept.count <= Self.byteLimit else {
      throw InputError(input, "holds more than \(Self.byteLimit) bytes")
    }
    keptBytes += kept.count
    try add(path, Node(content: .file, bytes: kept))
  }

  /// Puts a line of text there, as sysfs would show it.
  public mutating func addFile(_ path: String, _ text: String) throws(InputError) {
    try addFile(path, Array((text + "\n").utf8))
  }

  public mutating func addLink(_ path: String, to target: String) throws(InputError) {
    try add(path, Node(content: .link, bytes: Array(target.utf8.prefix(4096))))
  }

  /// Puts an empty directory there, unless there is one.
  public mutating func addDirectory(_ path: String) throws(InputError) {
    _ = try descend(path.utf8Components, from: path)
  }

  private mutating func add(_ path: String, _ node: Node) throws(InputError) {
    var components = path.utf8Components
    guard let name = components.popLast(), name != "..", name != "." else {
      throw InputError(input, "\(printable(path)): not a path of a file")
    }
    let parent = try descend(components, from: path)
    if let old = nodes[parent].names[name] {
      keptBytes -= nodes[old].content == .file ? nodes[old].bytes.count : 0
    }
    try attach(node, as: name, in: parent)
  }

  /// The directory there; missing ones are made. `..` is refused: a dump's names go down only.
  private mutating func descend(_ components: [String], from path: String) throws(InputError) -> Int {
    guard components.count <= Self.depthLimit else { throw InputError(input, "\(printable(path)): too deep") }
    var walked: [String] = []
    var current = root
    for name in components {
      guard name != ".." else { throw InputError(input, "\(printable(path)): leaves the tree") }
      walked.append(name)
      if let next = nodes[current].names[name] {
        switch nodes[next].content {
        case .directory: current = next
        case .link:
          guard let target = resolve("/" + walked.joined(separator: "/")), nodes[target].content == .directory
          else {
            throw InputError(input, "\(printable(path)): below a link to no directory")
          }
          current = target
        case .file: current = try attach(Node(content: .directory), as: name, in: current)
        }
      } else {
        current = try attach(Node(content: .directory), as: name, in: current)
      }
    }
    return current
  }

  @discardableResult
  private mutating func attach(_ node: Node, as name: String, in parent: Int) throws(InputError) -> Int {
    guard nodes.count < Self.entryLimit else {
      throw InputError(input, "more than \(Self.entryLimit) entries")
    }
    nodes.append(node)
    nodes[parent].names[name] = nodes.count - 1
    return nodes.count - 1
  }
}

extension String {
  /// The parts between slashes, without empty ones and `.`.
  var utf8Components: [String] {
    utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }.filter { $0 != "." }
  }
}

/// A name out of a dump, safe to print.
func printable(_ name: String) -> String {
  String(
    name.unicodeScalars.prefix(200).map {
      $0.steersTerminals ? "?" : Character($0)
    })
}
