// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Planning
import Tables

extension HostFacts {
  /// A pure function of the report. Texts that are not known are empty, counts 0.
  public init(_ host: HostRecord) {
    self.init(
      host: [
        .text(host.environment), .text(host.className), .text(host.boardName),
        .text(host.text("cpu.codename") ?? host.text("cpu.brand") ?? ""),
        .text(host.text("firmware.version") ?? ""), .text(host.text("kernel.release") ?? ""),
      ],
      capabilities: Self.capabilities(host.capabilities.map { Self.row($0, $1, of: host) }),
      devices: Self.devices(host.devices.map(Self.row)),
      virtualFunctions: FactSet(
        .virtualFunctionSet, Self.pools(host.physicalFunctions, canAssign: host.isReady("iommu"))),
      remarks: FactSet(.remarkSet, Self.remarks(host.remarks)))
  }

  /// Of rows with a fact's columns.
  static func capabilities(_ rows: [[Cell]]) -> FactSet {
    let facts = rows.map { FactSet.Member(.capabilityFact, $0) }
    return FactSet(.capabilitySet, facts.map { [$0.cells[0], .integer($0.number)] }, members: facts)
  }

  /// Of rows with a product's columns, an outcome's, and how many there are; alike ones come to one row.
  static func devices(_ rows: [[Cell]]) -> FactSet {
    // A card may have very many functions, all alike: each row is reckoned once.
    var alike: [FactBytes: (row: [Cell], units: Int64)] = [:]
    for row in rows {
      alike[FactBytes(row.dropLast()), default: (row, 0)].units += row.last?.integer ?? 0
    }
    let columns = FactTable.deviceProduct.columns.count - 1
    var members: [Int64: FactSet.Member] = [:]
    let counted = alike.values.map { row, units in
      let product = FactSet.Member(.deviceProduct, Array(row[..<columns]))
      let outcome = FactSet.Member(.deviceOutcome, Array(row[columns...].dropLast()))
      (members[product.number], members[outcome.number]) = (product, outcome)
      return [.integer(product.number), .integer(outcome.number), Cell.integer(units)]
    }
    return FactSet(.deviceSet, counted, members: Array(members.values))
  }

  private static func row(_ id: String, _ capability: CapabilityRecord, of host: HostRecord) -> [Cell] {
    [.text(id), .text(capability.state.rawValue)] + cause(capability.cause) + [
      .text(capability.cause?.because ?? ""), .text(host.usableFrom(id)?.id ?? ""),
      .integer(Int64(host.slots(id))),
    ]
  }

  private static func row(_ device: DeviceRecord) -> [Cell] {
    [
      .text(device.kind), .text(device.id ?? ""), .text(device.model ?? ""), .text(device.type.rawValue),
      .integer(Int64(device.memoryGiB ?? 0)), .text(device.state.rawValue),
    ] + cause(device.cause, of: device.address) + [.integer(1)]
  }

  /// - Parameter address: of the device, which gives way to `ADDRESS` in the fix: what is alike is one row.
  private static func cause(_ cause: CauseRecord?, of address: String? = nil) -> [Cell] {
    let fix = cause?.fix ?? ""
    let general = address.map { Self.replaced($0, in: fix) } ?? fix
    return [cause?.layer ?? "", cause?.reason ?? "", cause?.fixKind ?? "", general].map { .text($0) }
  }

  /// By bytes: millions of devices have a fix.
  private static func replaced(_ address: String, in text: String) -> String {
    let (all, part) = (Array(text.utf8), Array(address.utf8))
    guard let first = part.first else { return text }
    var (made, done, place): ([UInt8], Int, Int) = ([], 0, 0)
    while let start = all[place...].firstIndex(of: first), start + part.count <= all.count {
      guard all[start..<(start + part.count)].elementsEqual(part) else {
        place = start + 1
        continue
      }
      made += all[done..<start]
      made += "ADDRESS".utf8
      (done, place) = (start + part.count, start + part.count)
    }
    return done == 0 ? text : String(decoding: made + all[done...], as: UTF8.self)
  }

  /// Free are only those that a guest could have: of a physical function whose ladder holds, on a host whose IOMMU works.
  private static func pools(_ functions: [PhysicalFunctionRecord], canAssign: Bool) -> [[Cell]] {
    var sums: [String: [Int]] = [:]
    for function in functions {
      let free = canAssign && function.isReady ? function.free : 0
      let counts = [1, function.total, function.active, function.assigned, free]
      let sum = sums[function.id ?? ""] ?? [0, 0, 0, 0, 0]
      sums[function.id ?? ""] = zip(sum, counts).map { $0.addingReportingOverflow($1).partialValue }
    }
    return sums.map { id, counts in [.text(id)] + counts.map { .integer(Int64($0)) } }
  }

  private static func remarks(_ all: [RemarkRecord]) -> [[Cell]] {
    var groups: [[Cell]: (text: String, times: Int64)] = [:]
    for remark in all {
      let key: [Cell] = [.text(remark.kind.rawValue), .text(remark.reason)]
      let group = groups[key] ?? (remark.text, 0)
      let least = Array(remark.text.utf8).lexicographicallyPrecedes(Array(group.text.utf8))
      groups[key] = (least ? remark.text : group.text, group.times + 1)
    }
    return groups.map { key, group in key + [.text(group.text), .integer(group.times)] }
  }
}
