// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension FileTree {
  /// Links followed for one path. Source: kernel include/linux/namei.h, MAXSYMLINKS.
  static let linkLimit = 40
  /// Steps of one path, links' targets included.
  private static let stepLimit = 65_536

  /// The node a path leads to, as the kernel would walk it with the tree's root as `/`; `nil`: nowhere, or in a circle.
  func resolve(_ path: String, followingLast: Bool = true) -> Int? {
    var pending = Array(path.utf8Components.reversed())
    var trail = [root]
    var (links, steps) = (0, 0)
    while let name = pending.popLast() {
      steps += 1
      guard let current = trail.last, steps <= Self.stepLimit else { return nil }
      if name == ".." {
        if trail.count > 1 { trail.removeLast() }
        continue
      }
      guard nodes[current].content == .directory, let next = nodes[current].names[name] else { return nil }
      guard nodes[next].content == .link, followingLast || !pending.isEmpty else {
        trail.append(next)
        continue
      }
      links += 1
      guard links <= Self.linkLimit else { return nil }
      let target = String(decoding: nodes[next].bytes, as: UTF8.self)
      if target.utf8.first == UInt8(ascii: "/") { trail = [root] }
      pending += target.utf8Components.reversed()
    }
    return trail.last
  }

  public func holds(_ path: String) -> Bool { resolve(path) != nil }

  public func holdsDirectory(_ path: String) -> Bool {
    resolve(path).map { nodes[$0].content == .directory } ?? false
  }

  /// All that is kept of a file; `nil`: there is none.
  public func contents(of path: String) -> [UInt8]? {
    guard let node = resolve(path), nodes[node].content == .file else { return nil }
    return nodes[node].bytes
  }

  /// Names in a directory, sorted bytewise; empty when there is none.
  public func children(of path: String) -> [String] {
    resolve(path).map { sortedNames(of: $0) } ?? []
  }

  /// Every directory, its own path first, down to `depth` levels; symbolic links are not followed.
  public func directories(depth: Int) -> [String] {
    paths(depth: depth).filter { $0.content == .directory }.map(\.path)
  }

  /// Every regular file's path; symbolic links are not followed.
  public func files() -> [String] {
    paths(depth: Self.depthLimit).filter { $0.content == .file }.map(\.path)
  }

  private func paths(depth: Int) -> [(path: String, content: Content)] {
    var found: [(path: String, content: Content)] = [("/", .directory)]
    var pending = [(path: "", node: root, level: 0)]
    while let here = pending.popLast() {
      for name in sortedNames(of: here.node).reversed() {
        guard let node = nodes[here.node].names[name], found.count < Self.entryLimit else { continue }
        found.append((here.path + "/" + name, nodes[node].content))
        if nodes[node].content == .directory, here.level + 1 < depth {
          pending.append((here.path + "/" + name, node, here.level + 1))
        }
      }
    }
    return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The subtree at `path` as a tree of its own: nothing above it can be reached any more. `nil`: no directory.
  public func subtree(_ path: String) -> FileTree? {
    guard let node = resolve(path), nodes[node].content == .directory else { return nil }
    var tree = self
    tree.root = node
    return tree
  }

  /// The subtree at `path`, standing at `place` in a tree that holds nothing else, as a copy of `/sys/devices/system`
  /// stands without its two parents. `nil`: no directory there.
  public func subtree(_ path: String, standingAt place: String) -> FileTree? {
    guard let node = resolve(path), nodes[node].content == .directory else { return nil }
    var tree = self
    tree.root = node
    for name in place.utf8Components.reversed() {
      tree.nodes.append(Node(content: .directory, names: [name: tree.root]))
      tree.root = tree.nodes.count - 1
    }
    return tree
  }
}
