// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The SCS name that is true of a size on every one of some hosts. What is not known of one of them is owned up to as if
/// it were missing, and what only some have is not claimed: a name may understate, never overstate.
/// Source: SCS scs-0100 v3.3.
struct SCSNaming {
  let name: SCSName
  /// Why it says `i` or `u`.
  let notes: [String]

  init(_ size: FlavorSize, hosts: [HostRecord], devices: [DeviceRecord] = [], site: Site) {
    var name = SCSName(
      cpus: size.cpus, cpuType: SCSName.CPUType(rawValue: size.cpuType) ?? .sharedCore,
      ramHalfGiB: 2 * size.ramGiB)
    var notes: [String] = []
    if let host = hosts.first(where: { $0.list("cpu.vulnerable")?.isEmpty != true }) {
      name.isInsecure = true
      let open = host.list("cpu.vulnerable")?.joined(separator: ", ") ?? "what is mitigated is not known"
      notes.append("i: \(host.name): \(open)")
    }
    if let host = hosts.first(where: { $0.flag("memory.ecc") != true }) {
      name.isWithoutECC = true
      notes.append("u: \(host.name): ECC is not known to be on")
    }
    if size.diskGB > 0 {
      name.disk = SCSName.Disk(
        sizeGB: size.diskGB, type: size.diskType.flatMap(SCSName.DiskType.init(rawValue:)))
    }
    if site.namePieces.contains(.hypervisor) { name.hypervisor = .kvm }
    if site.namePieces.contains(.hwv) {
      name.hasNestedVirtualization = !hosts.isEmpty && hosts.allSatisfy { $0.flag("kvm.nested") == true }
    }
    if site.namePieces.contains(.generation) { name.architecture = Self.common(hosts.map(Self.architecture)) }
    if let device = devices.first, device.type != .virtual,
      let piece = Self.common(devices.map(\.scsNamePiece))
    {
      name.gpu = (try? SCSName.parse("SCS-1V-1_\(piece)"))?.gpu
    }
    name.hasInfiniBand = !devices.isEmpty && devices.allSatisfy(\.isInfiniBand)
    (self.name, self.notes) = (name, notes)
  }

  /// Its `scs:` extra specs, and the random numbers that scs-0101 wants every flavor to give.
  var specs: [FlavorSpec] {
    name.extraSpecs.map { FlavorSpec($0.key, $0.value) } + [FlavorSpec("hw_rng:allowed", "True")]
  }

  /// What all of them have alike; `nil`: they differ, or one has nothing.
  private static func common<Value: Hashable>(_ values: [Value?]) -> Value? {
    guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// AMD's generations are numbered as Zen's are. Intel's name no generation here: understated, not wrong.
  static func architecture(_ host: HostRecord) -> SCSName.Architecture? {
    let zen = ["Naples": 1, "Rome": 2, "Milan": 3, "Genoa": 4, "Bergamo/Siena": 4, "Turin": 5]
    switch host.text("cpu.vendor") {
    case "AuthenticAMD":
      return SCSName.Architecture(.amd, generation: host.text("cpu.codename").flatMap { zen[$0] })
    case "GenuineIntel": return SCSName.Architecture(.intel, generation: nil)
    default: return nil
    }
  }
}
