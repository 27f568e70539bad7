// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// Finds the machines in an unpacked archive or a folder.
///
/// In this order: folders of CPUID dumps and copies of /proc and /sys, joined where they stand side by side; single
/// branches of /sys; else every file by itself.
struct TreeImport {
  let path: String
  let unpack: (_ bytes: [UInt8], _ path: String) throws(InputError) -> Unpacked

  /// Levels down to a copy of /proc and /sys: test data of other programs lies some four deep.
  private static let depth = 8
  /// Archives within archives.
  private static let nesting = 2

  func imports(in tree: FileTree, nested: Int = 0) throws(InputError) -> Imports {
    var imports = try hosts(in: tree)
    if imports.machines.isEmpty, let folder = Self.acceleratorTopology(in: tree) {
      throw InputError(name(folder), "recognised as a KFD topology; it holds nothing hostcap judges")
    }
    if imports.machines.isEmpty { try addFiles(of: tree, to: &imports, nested: nested) }
    guard imports.machines.isEmpty else { return imports }
    if imports.refused.count == 1 { throw imports.refused[0] }
    throw InputError(path, "nothing in it is of a format hostcap knows")
  }

  /// A copy of /sys/class/kfd/kfd/topology: `nodes/N/properties`.
  private static func acceleratorTopology(in tree: FileTree) -> String? {
    tree.directories(depth: depth).first { tree.holds("\($0)/nodes/0/properties") }
  }

  private func name(_ folder: String) -> String {
    let inner = folder.drop { $0 == "/" }
    return inner.isEmpty ? path : "\(path):\(inner)"
  }

  private func hosts(in tree: FileTree) throws(InputError) -> Imports {
    let folders = tree.directories(depth: Self.depth)
    let dumps = folders.filter { tree.holds("\($0)/\(HwlocCPUID.marker)") }
    let roots = TreeRoots(tree, folders: folders)
    var imports = Imports()
    var registers: [String: CPUIDDump] = [:]
    for folder in dumps {
      do { registers[folder] = try HwlocCPUID.dump(in: tree, folder: folder, path: name(folder)) } catch {
        imports.refused.append(error)
      }
    }
    for root in roots.all {
      guard var host = root.tree else { continue }
      host.others = .origin(.tree)
      let copied = CopiedRegisters(cpuid: host.ask(.file("/cpuid.txt")), msr: host.ask(.file("/msr.json")))
      for (question, answer) in copied.answers { host.others[question] = answer }
      try ModaliasIdentity.complete(&host)
      // hwloc keeps both of one machine side by side: NAME/cpuid and NAME/fsroot.
      if let folder = dumps.first(where: {
        $0.parent == root.folder.parent || roots.all.count == 1 && dumps.count == 1
      }) {
        for (question, answer) in registers.removeValue(forKey: folder)?.tape.answers ?? [:]
        where question != .origin {
          host.others[question] = answer
        }
      }
      imports.machines.append(ImportedMachine(name: name(root.folder), format: root.format, source: host))
    }
    for (folder, dump) in registers.sorted(by: { $0.key < $1.key }) {
      imports.machines.append(
        ImportedMachine(name: name(folder), format: HwlocCPUID.name, source: dump.tape))
    }
    return imports
  }

  private func addFiles(of tree: FileTree, to imports: inout Imports, nested: Int) throws(InputError) {
    for file in tree.files() {
      guard let bytes = tree.contents(of: file) else { continue }
      do throws(InputError) {
        let member = name(file)
        switch try unpack(bytes, member) {
        case .file(let bytes): imports.machines += try Importer.machines(in: bytes, path: member)
        case .tree(let inner):
          guard nested < Self.nesting else {
            throw InputError(member, "an archive in an archive in an archive")
          }
          let found = try TreeImport(path: member, unpack: unpack).imports(in: inner, nested: nested + 1)
          imports.machines += found.machines
          imports.refused += found.refused
        }
      } catch { imports.refused.append(error) }
    }
  }
}

extension String {
  /// The folder above: `/a/b` of `/a/b/c`.
  var parent: String {
    let parts = split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/")
  }
}
