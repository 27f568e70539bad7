// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The vGPUs of one GPU: mediated devices, or virtual functions that NVIDIA's driver serves.
struct VGPUs {
  var types: [VGPUType] = []
  var functions: [VirtualGPU] = []
  /// Whether there are mediated devices, and vendor VFIO; `nil`: it cannot be seen everywhere.
  var hasMediated: Bool? = false
  var hasVendorVFIO: Bool? = false
}

extension HostSource {
  /// Looks at the function itself, and at its virtual ones if it is NVIDIA's.
  func vgpus(of function: PCIFunction, virtual: [PCIFunction]) -> VGPUs {
    var tally = VGPUTally()
    let displays: Set<UInt16> = [0x1002, 0x10de, 0x8086]
    guard function.isGPU, let vendor = function.vendor, displays.contains(vendor) else { return VGPUs() }
    addMediated(of: function.address, to: &tally)
    let served = vendor == 0x10de ? [function] + virtual : []
    for one in served {
      if one.address != function.address { addMediated(of: one.address, to: &tally) }
      addVendorVFIO(of: one.address, isOwn: one.address == function.address, to: &tally)
    }
    return tally.vgpus
  }

  /// Absent: makes no mediated devices. Source: kernel Documentation/driver-api/vfio-mediated-device.rst.
  private func addMediated(of address: PCIAddress, to tally: inout VGPUTally) {
    let folder = "\(PCIDevices.path(address))/mdev_supported_types"
    let listing = names(in: folder)
    tally.vgpus.hasMediated = either(tally.vgpus.hasMediated, listing.isThere)
    for id in (listing.value ?? []).prefix(VGPUTally.limit) {
      let name = tally.hasName(id) ? nil : read(.file("\(folder)/\(id)/name")) { text($0) }.value
      let available = read(.file("\(folder)/\(id)/available_instances"), as: decimal)
      tally.addMediated(id, name: name, available: available.value)
    }
  }

  /// Absent: NVIDIA's driver does not serve it. 0: no type. Source: NVIDIA Virtual GPU Software User Guide 17,
  /// vendor-specific VFIO framework.
  private func addVendorVFIO(of address: PCIAddress, isOwn: Bool, to tally: inout VGPUTally) {
    let current = read(PCIDevices.file(address, "nvidia/current_vgpu_type"), as: decimal)
    let isThere = current.map { _ in true }.isThere
    tally.vgpus.hasVendorVFIO = either(tally.vgpus.hasVendorVFIO, isThere)
    guard isThere != false else { return }
    let creatable = read(PCIDevices.file(address, "nvidia/creatable_vgpu_types"), as: vgpuTypes)
    // Of a function that is no virtual one, that the file cannot be read says nothing.
    if isOwn && current.value == nil { return }
    tally.addVendor(address, current: current.value, creatable: creatable.value)
  }
}

extension Reading {
  /// Absent is no; what cannot be seen is `nil`.
  fileprivate var isThere: Bool? { value != nil ? true : isAbsent ? false : nil }
}

/// One yes is enough; a no takes all of them.
private func either(_ a: Bool?, _ b: Bool?) -> Bool? {
  if a == true || b == true { return true }
  return a == nil || b == nil ? nil : false
}

/// `1145  : NVIDIA L40S-1B` lines behind an optional heading, as id and name. An empty list: nothing fits any more.
func vgpuTypes(_ bytes: ArraySlice<UInt8>) -> [(id: String, name: String)] {
  lines(bytes).prefix(VGPUTally.limit).compactMap { line in
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), let id = decimal(line[..<colon]) else {
      return nil
    }
    return ("\(id)", text(line[line.index(after: colon)...]))
  }
}

/// Adds up what the functions of one GPU offer.
private struct VGPUTally {
  /// Types of one function; NVIDIA has about forty.
  static let limit = 256

  var vgpus = VGPUs()

  func hasName(_ id: String) -> Bool { vgpus.types.contains { $0.id == id && $0.name != nil } }

  private mutating func type(_ id: String, _ change: (inout VGPUType) -> Void) {
    let index = vgpus.types.firstIndex { $0.id == id } ?? vgpus.types.endIndex
    if index == vgpus.types.endIndex { vgpus.types.append(VGPUType(id: id)) }
    change(&vgpus.types[index])
  }

  /// One function that does not say how many leaves the sum open.
  mutating func addMediated(_ id: String, name: String?, available: UInt64?) {
    type(id) { type in
      type.name = type.name ?? name
      let sum = type.offeredBy == 0 ? 0 : type.available
      type.offeredBy += 1
      guard let sum, let available, available <= 4096 else {
        type.available = nil
        return
      }
      type.available = sum + Int(available)
    }
  }

  mutating func addVendor(
    _ address: PCIAddress, current: UInt64?, creatable: [(id: String, name: String)]?
  ) {
    for offer in creatable ?? [] {
      self.type(offer.id) { type in
        type.name = type.name ?? offer.name
        type.offeredBy += 1
        type.inUse = type.inUse ?? 0
      }
    }
    let type = current.flatMap { $0 > 0 ? "\($0)" : nil }
    if let type { self.type(type) { $0.inUse = ($0.inUse ?? 0) + 1 } }
    let state: VirtualGPU.State =
      switch (type, current, creatable?.isEmpty) {
      case (.some, _, _): .typed
      case (nil, .some, false?): .free
      case (nil, .some, true?): .full
      default: .unknown
      }
    vgpus.functions.append(VirtualGPU(address, state, type: type))
  }
}
