// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Documents
internal import Tape

extension FlavorSize {
  private static let keys = [
    "cpus", "cpu_type", "ram_gib", "disk_gb", "disk_type", "public", "name",
  ]
  private enum CPUType: String, CaseIterable { case L, V, T, C }
  private enum DiskType: String, CaseIterable { case n, h, s, p }

  /// - Parameter hasDevice: it asks for devices, one unless `count` says otherwise.
  init(_ node: DocumentNode, hasDevice: Bool, isPublic: Bool) throws(InputError) {
    let object = try node.object("a flavor", keys: Self.keys + (hasDevice ? ["count"] : []))
    self.init(
      cpus: try object.required("cpus", "a flavor").integer("cpus", in: 1...4096),
      ramGiB: try object.required("ram_gib", "a flavor").integer("ram_gib", in: 1...65536),
      isPublic: isPublic)
    if let node = object["cpu_type"] { cpuType = try node.choice("cpu_type", of: CPUType.self).rawValue }
    if let node = object["disk_gb"] { diskGB = try node.integer("disk_gb", in: 0...1_000_000) }
    if let node = object["disk_type"] {
      guard diskGB > 0 else { throw node.refusal("disk_type is of a disk, and disk_gb is 0 or not given") }
      diskType = try node.choice("disk_type", of: DiskType.self).rawValue
    }
    if let node = object["public"] { self.isPublic = try node.boolean("public") }
    if let node = object["name"] { name = try node.name("name") }
    if hasDevice { count = try object["count"]?.integer("count", in: 1...64) ?? 1 }
  }
}
