// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import Tape

extension HostRecord {
  /// The hosts of a report, or of an array of objects with the keys `machine` and `report`, as `--format json` writes
  /// them for several machines; `nil`: the bytes are neither.
  ///
  /// - Parameter name: of the host, where there is one.
  public static func records(_ bytes: [UInt8], name: String, path: String) throws(InputError) -> [HostRecord]?
  {
    let start = bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
    guard start == UInt8(ascii: "{") || start == UInt8(ascii: "[") else { return nil }
    let document: JSONDocument
    do { document = try JSONDocument(bytes) } catch {
      // A tape is many objects, and a dump may begin like one.
      if error.kind == .notJSON || error.kind == .notUTF8 { return nil }
      throw InputError(path, error.description)
    }
    do throws(ShapeError) {
      if document.root.isObject {
        guard document.root["schemaVersion"]?.text != nil else { return nil }
        return [try HostRecord(document.root, name: name)]
      }
      guard isListOfReports(document.root) else { return nil }
      return try document.root.list { machine throws(ShapeError) in
        let name = try machine.member("machine") { value throws(ShapeError) in try value.string() }
        return try machine.member("report") { report throws(ShapeError) in try HostRecord(report, name: name)
        }
      }
    } catch { throw InputError(path, refusal(error)) }
  }

  private static func isListOfReports(_ root: JSONElement) -> Bool {
    root.elements?.allSatisfy { $0["machine"] != nil && $0["report"]?["schemaVersion"]?.text != nil } ?? false
  }

  private static func refusal(_ error: ShapeError) -> String {
    error.reason.hasPrefix(unreadable) ? error.reason : "is no report: \(error)"
  }

  private static let unreadable = "schemaVersion "

  /// A report as far as planning reads it. Errors: what is missing or of another type, and where; a schema that this
  /// hostcap does not know.
  public init(_ report: JSONElement, name: String) throws(ShapeError) {
    let version = try report.member("schemaVersion") { value throws(ShapeError) in try value.string() }
    guard version.hasPrefix("1.") else {
      throw ShapeError("\(Self.unreadable)\(version); this hostcap reads 1.x")
    }
    let observedAt = try report.member("source") { source throws(ShapeError) in
      try source.optional("observedAt") { value throws(ShapeError) in try value.string() }
    }
    let environment = try report.member("environment") { environment throws(ShapeError) in
      try environment.member("kind") { value throws(ShapeError) in try value.string() }
    }
    let isAssumed = report["environment"]?["assumed"]?.flag == true
    let states = try report.list("capabilities") { capability throws(ShapeError) in
      let id = try capability.member("id") { value throws(ShapeError) in try value.string() }
      return (id, try CapabilityRecord(capability))
    }
    let pci = try report.member("pci") { value throws(ShapeError) in try PCIRecords(value) }
    self.init(
      name: name, observedAt: observedAt, environment: environment,
      capabilities: Dictionary(states.filter { !Self.isOfGuest($0.0) }) { first, _ in first },
      facts: try report.member("facts") { facts throws(ShapeError) in try Self.facts(facts) },
      devices: pci.devices)
    guard Set(states.map(\.0)).count == states.count else {
      throw ShapeError("has a capability twice", at: ".capabilities")
    }
    self.isAssumed = isAssumed
    physicalFunctions = pci.pools
    cards = pci.cards
    if environment == "guest" {
      guestCapabilities = Dictionary(states.filter { Self.isOfGuest($0.0) }) { first, _ in first }
    }
    remarks = try RemarkRecord.all(report)
    try check()
  }

  /// What a guest sees of itself is nothing that a host can do.
  public static func isOfGuest(_ capability: String) -> Bool { capability.hasPrefix("guest.") }

  private static func facts(_ facts: JSONElement) throws(ShapeError) -> [String: FactRecord] {
    guard let members = facts.members else { throw .type }
    var values = [String: FactRecord](minimumCapacity: 64)
    for fact in members {
      guard let value = fact["value"] else { continue }
      if let flag = value.flag {
        values[fact.key] = .flag(flag)
      } else if let count = value.integer {
        values[fact.key] = .count(Int(count))
      } else if let text = value.text {
        values[fact.key] = .text(text)
      } else if let list = value.elements?.map(\.text), !list.contains(nil) {
        values[fact.key] = .list(list.compactMap { $0 })
      }
    }
    return values
  }
}

extension CapabilityRecord {
  init(_ capability: JSONElement) throws(ShapeError) {
    let state = try capability.member("state") { value throws(ShapeError) in
      try value.word(RecordedState.self)
    }
    let stop = try capability.optional("stopsAt") { value throws(ShapeError) in try CauseRecord(value) }
    let unknown = try capability.optional("firstUnknown") { value throws(ShapeError) in
      try CauseRecord(value)
    }
    let title = try capability.member("title") { value throws(ShapeError) in try value.string() }
    self.init(state: state, title: title, cause: state == .ready ? nil : stop ?? unknown)
  }
}

extension CauseRecord {
  init(_ cause: JSONElement) throws(ShapeError) {
    func text(_ key: StaticString) throws(ShapeError) -> String? {
      try cause.optional(key) { value throws(ShapeError) in try value.string() }
    }
    self.init(
      because: try cause.member("because") { value throws(ShapeError) in try value.string() },
      reason: try text("reason"), fix: try text("fix"), fixKind: try text("fixKind"),
      layer: try text("layer"))
  }
}
