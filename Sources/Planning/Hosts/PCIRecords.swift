// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import StrictJSON

/// A report's PCI functions, put together to what can be handed out.
struct PCIRecords {
  private let functions: Addressed<Function>
  private let physical: Addressed<Physical>
  private let accelerators: Addressed<Accelerator>
  private(set) var devices: [DeviceRecord] = []

  init(_ pci: JSONElement) throws(ShapeError) {
    functions = Addressed(try pci.list("functions", Function.init))
    physical = Addressed(try pci.list("physicalFunctions", Physical.init))
    accelerators = Addressed(try pci.list("accelerators", Accelerator.init))
    devices = try pci.list("units") { unit throws(ShapeError) in try device(unit) }.compactMap { $0 }
  }

  /// Their virtual functions, by what the physical functions are.
  var pools: [PhysicalFunctionRecord] {
    physical.distinct.sorted { $0.address < $1.address }.map { physical in
      let function = functions[physical.address]
      return PhysicalFunctionRecord(
        address: physical.address, vendor: function?.vendor, device: function?.device,
        total: physical.total ?? 0, active: physical.active ?? 0, assigned: physical.assigned ?? 0,
        free: physical.free ?? 0, isReady: physical.state == .ready)
    }
  }

  /// By kind; a virtual function is no card.
  var cards: [CardRecord: Int] {
    var cards: [CardRecord: Int] = [:]
    // What is alike stands together more often than not, and to compare costs less than to hash.
    var (last, count): (CardRecord?, Int) = (nil, 0)
    for function in functions.distinct where function.physicalFunction == nil {
      let card = function.card(name: accelerators[function.address]?.name)
      if let last, last != card {
        cards[last, default: 0] += count
        count = 0
      }
      (last, count) = (card, count + 1)
    }
    if let last { cards[last, default: 0] += count }
    return cards
  }

  /// `nil`: a unit without members.
  private func device(_ unit: JSONElement) throws(ShapeError) -> DeviceRecord? {
    let members = try unit.list("members", Self.text)
    let kind = try unit.member("kind", Self.text)
    let state = try unit.member("state") { value throws(ShapeError) in try value.word(RecordedState.self) }
    let cause = try unit.optional("headline", CauseRecord.init)
    let remarks = try unit.list("remarks", CauseRecord.init)
    guard let address = members.first else { return nil }
    let function = functions[address]
    let parent = function?.physicalFunction
    let accelerator = accelerators[address]
    var device = DeviceRecord(address: address, kind: kind, state: state)
    device.companions = Array(members.dropFirst())
    device.cause = cause
    device.remarks = Set(remarks.compactMap(\.reason))
    (device.vendor, device.device, device.classCode) = (
      function?.vendor, function?.device, function?.classCode
    )
    (device.numaNode, device.physicalFunction) = (function?.numaNode, parent)
    // The kernel hides VFs that it does not offer from libvirt, and so from Nova.
    let hasVFs = physical[address].map { ($0.total ?? 0) > 0 && !$0.isHidden }
    device.type =
      parent != nil
      ? .virtual : accelerator?.novaDeviceType ?? (hasVFs == true ? .physical : .pci)
    device.model = (accelerator ?? parent.flatMap { accelerators[$0] })?.name
    device.memoryGiB = accelerator?.memoryGiB
    device.scsNamePiece = accelerator?.scsNamePiece
    device.isCCCapable = accelerator?.isCCCapable ?? false
    return device
  }

  fileprivate static func text(_ element: JSONElement) throws(ShapeError) -> String { try element.string() }
  fileprivate static func count(_ element: JSONElement) throws(ShapeError) -> Int { try element.whole() }
}

/// Things found by their address; of two with one the first.
private struct Addressed<Thing: HasAddress> {
  private let all: [Thing]
  /// By address, where it stands in `all`.
  private let places: [String: Int]

  init(_ all: [Thing]) {
    var places = [String: Int](minimumCapacity: all.count)
    for (place, thing) in all.enumerated() where places[thing.address] == nil {
      places[thing.address] = place
    }
    (self.all, self.places) = (all, places)
  }

  /// The first of each address, in the report's order.
  var distinct: [Thing] {
    places.count == all.count ? all : places.values.sorted().map { all[$0] }
  }

  subscript(_ address: String) -> Thing? { places[address].map { all[$0] } }
}

private protocol HasAddress {
  var address: String { get }
}

private struct Function: HasAddress {
  let address: String
  let vendor, device, classCode, physicalFunction: String?
  let subsystemVendor, subsystemDevice, driver: String?
  let numaNode: Int?

  init(_ function: JSONElement) throws(ShapeError) {
    address = try function.member("address", PCIRecords.text)
    vendor = try function.optional("vendor", PCIRecords.text)
    device = try function.optional("device", PCIRecords.text)
    classCode = try function.optional("class", PCIRecords.text)
    physicalFunction = try function.optional("physicalFunction", PCIRecords.text)
    subsystemVendor = try function.optional("subsystemVendor", PCIRecords.text)
    subsystemDevice = try function.optional("subsystemDevice", PCIRecords.text)
    driver = try function.optional("driver", PCIRecords.text)
    numaNode = try function.optional("numaNode", PCIRecords.count)
  }

  func card(name: String?) -> CardRecord {
    func number(_ text: String?) -> UInt16? { text.flatMap { UInt16($0, radix: 16) } }
    return CardRecord(
      vendor: number(vendor), device: number(device), subsystemVendor: number(subsystemVendor),
      subsystemDevice: number(subsystemDevice), classCode: classCode.flatMap { UInt32($0, radix: 16) },
      driver: driver, name: name)
  }
}

private struct Physical: HasAddress {
  let address: String
  let total, active, assigned, free: Int?
  let state: RecordedState
  /// The kernel offers no VFs, whatever the capability says.
  let isHidden: Bool

  init(_ physical: JSONElement) throws(ShapeError) {
    address = try physical.member("address", PCIRecords.text)
    total = try physical.optional("totalVFs", PCIRecords.count)
    active = try physical.optional("activeVFs", PCIRecords.count)
    assigned = try physical.optional("assignedVFs", PCIRecords.count)
    free = try physical.optional("freeVFs", PCIRecords.count)
    state = try physical.member("standing") { standing throws(ShapeError) in
      try standing.member("state") { value throws(ShapeError) in try value.word(RecordedState.self) }
    }
    isHidden = try physical.member("standing") { standing throws(ShapeError) in
      try standing.optional("headline", CauseRecord.init)?.reason == "sriov.hidden_by_kernel"
    }
  }
}

private struct Accelerator: HasAddress {
  let address: String
  let name, scsNamePiece: String?
  let memoryGiB: Int?
  let novaDeviceType: NovaDeviceType?
  let isCCCapable: Bool

  init(_ accelerator: JSONElement) throws(ShapeError) {
    address = try accelerator.member("address", PCIRecords.text)
    name = try accelerator.optional("name", PCIRecords.text)
    scsNamePiece = try accelerator.optional("scsNamePiece", PCIRecords.text)
    memoryGiB = try accelerator.optional("memoryGiB", PCIRecords.count)
    novaDeviceType = try accelerator.optional("novaDeviceType") { value throws(ShapeError) in
      try value.word(NovaDeviceType.self)
    }
    isCCCapable =
      try accelerator.optional("confidential") { confidential throws(ShapeError) in
        try confidential.member("ccCapable", PCIRecords.text) == "yes"
      } ?? false
  }
}
