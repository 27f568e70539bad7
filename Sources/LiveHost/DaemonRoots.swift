// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Glibc

/// What only a process with all of root's privileges may see of libvirt's daemons, whose root may be a container's: looked at
/// and opened before these are given up.
///
/// Source: proc(5): /proc/PID/root and /proc/PID/ns/mnt want PTRACE_MODE_READ_FSCREDS, which no process in a Landlock domain
/// has over one outside.
struct DaemonRoots: Sendable {
  private let namespaces: [Question: Answer]
  private let roots: [(path: String, place: Place)]

  var isEmpty: Bool { namespaces.isEmpty }
  /// What must stay open.
  var descriptors: [Int32] { roots.compactMap(\.place.descriptor) }

  /// Of the daemons whose process ids lie where libvirt puts them.
  init() {
    let files = FileReader(.machine)
    var namespaces: [Question: Answer] = [:]
    var roots: [(path: String, place: Place)] = []
    for file in LibvirtDaemon.pidFiles {
      guard case .bytes(let bytes) = files.file(file), let pid = decimal(bytes[...]) else { continue }
      guard case .bytes(let name) = files.file("/proc/\(pid)/comm"),
        LibvirtDaemon.names.contains(text(name[...]))
      else { continue }
      for path in [LibvirtDaemon.hostNamespace, LibvirtDaemon.namespace(of: pid)] {
        namespaces[.link(path)] = files.link(path)
      }
      // Where that is refused the child is refused as well, and says so.
      let root = LibvirtDaemon.root(of: pid)
      if let place = try? Place(folder: root) { roots.append((root, place)) }
    }
    (self.namespaces, self.roots) = (namespaces, roots)
  }

  /// `nil`: nothing that was looked at; ask the machine.
  func answer(to question: Question) -> Answer? {
    if let known = namespaces[question] { return known }
    switch question {
    case .file(let path): return inside(path) { $0.file($1) }
    case .directory(let path): return inside(path) { $0.directory($1) }
    case .link(let path): return inside(path) { $0.link($1) }
    default: return nil
    }
  }

  private func inside(_ path: String, _ ask: (FileReader, String) -> Answer) -> Answer? {
    guard let root = roots.first(where: { path.hasPrefix($0.path + "/") }) else { return nil }
    return ask(FileReader(root.place), String(path.dropFirst(root.path.count)))
  }
}
