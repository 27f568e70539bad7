// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// Where in a tree the roots of hosts are.
struct TreeRoots {
  struct Root {
    /// Where it was found.
    let folder: String
    let format: String
    /// The host's own `/`; `nil`: it is no folder.
    let tree: FileTree?
  }

  private(set) var all: [Root] = []

  /// A branch of /sys that test data keep without what is above it: what tells it, and where it stands on a host.
  private static let branches: [(names: [String], place: String, format: String)] = [
    (["bus", "devices"], "/sys", "sysfs tree"),
    (["cpu", "node"], "/sys/devices/system", "sysfs branch of processors"),
  ]

  init(_ tree: FileTree, folders: [String]) {
    for folder in folders where Self.isRoot(folder, in: tree) && !isInside(folder) {
      all.append(Root(folder: folder, format: "proc and sys tree", tree: tree.subtree(folder)))
    }
    guard all.isEmpty else { return }
    for folder in folders where !isInside(folder) {
      guard
        let branch = Self.branches.first(where: { branch in
          branch.names.allSatisfy { tree.holdsDirectory("\(folder)/\($0)") }
        })
      else { continue }
      let host = tree.subtree(folder, standingAt: branch.place)
      all.append(Root(folder: folder, format: branch.format, tree: host))
    }
  }

  /// A folder with something of a host's /sys or /proc below it.
  private static func isRoot(_ folder: String, in tree: FileTree) -> Bool {
    let base = folder == "/" ? "" : folder
    let sysfs = ["bus", "class", "devices", "firmware", "fs", "kernel", "module", "hypervisor"]
    let procfs = [
      "cpuinfo", "cmdline", "meminfo", "stat", "sys", "self", "mounts", "modules", "device-tree", "sysinfo",
    ]
    return sysfs.contains { tree.holdsDirectory("\(base)/sys/\($0)") }
      || procfs.contains { tree.holds("\(base)/proc/\($0)") }
  }

  private func isInside(_ folder: String) -> Bool {
    all.contains { $0.folder == "/" || folder.hasPrefix($0.folder + "/") }
  }
}
