// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
public import Tape

extension HostRecord {
  /// The hosts of a report, or of an array of objects with the keys `machine` and `report`, as `--format json` writes
  /// them for several machines; `nil`: the bytes are neither.
  ///
  /// - Parameter name: of the host, where there is one.
  public static func records(_ bytes: [UInt8], name: String, path: String) throws(InputError) -> [HostRecord]?
  {
    let start = bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
    let decoder = JSONDecoder()
    do {
      switch start {
      case UInt8(ascii: "{"):
        guard let version = try? decoder.decode(Version.self, from: Data(bytes)) else { return nil }
        try check(version, path)
        return [try decoder.decode(ReportDocument.self, from: Data(bytes)).record(name: name).checked(path)]
      case UInt8(ascii: "["):
        guard let versions = try? decoder.decode([Machine<Version>].self, from: Data(bytes)) else {
          return nil
        }
        for machine in versions { try check(machine.report, path) }
        let machines = try decoder.decode([Machine<ReportDocument>].self, from: Data(bytes))
        return try machines.map { try $0.report.record(name: $0.machine).checked(path) }
      default: return nil
      }
    } catch let error as InputError { throw error } catch { throw refusal(error, path) }
  }

  private static func check(_ version: Version, _ path: String) throws(InputError) {
    guard !version.schemaVersion.hasPrefix("1.") else { return }
    throw InputError(path, "schemaVersion \(version.schemaVersion); this hostcap reads 1.x")
  }

  private struct Machine<Report: Decodable>: Decodable {
    let machine: String
    let report: Report
  }

  private struct Version: Decodable { let schemaVersion: String }

  private static func refusal(_ error: any Error, _ path: String) -> InputError {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
      return path.isEmpty ? "the object" : path
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context)?:
      return InputError(path, "is no report: \(place(context)) has no \(key.stringValue)")
    case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?:
      return InputError(path, "is no report: \(place(context)) is of another type")
    case .dataCorrupted(let context)? where !context.codingPath.isEmpty:
      return InputError(path, "is no report: \(place(context)) holds no known value")
    default: return InputError(path, "is not JSON")
    }
  }
}

/// The report's JSON, as far as planning reads it.
private struct ReportDocument: Decodable {
  struct Source: Decodable { let observedAt: String? }
  struct Environment: Decodable { let kind: String }
  struct Capability: Decodable {
    let id, title: String
    let state: RecordedState
    let stopsAt, firstUnknown: CauseRecord?
  }
  struct Fact: Decodable {
    let value: FactRecord?

    private enum Key: CodingKey { case value }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      if let flag = try? values.decode(Bool.self, forKey: .value) {
        value = .flag(flag)
      } else if let count = try? values.decode(Int.self, forKey: .value) {
        value = .count(count)
      } else if let text = try? values.decode(String.self, forKey: .value) {
        value = .text(text)
      } else {
        value = (try? values.decode([String].self, forKey: .value)).map { .list($0) }
      }
    }
  }
  struct Function: Decodable {
    let address: String
    let vendor, device: String?
    let `class`: String?
    let numaNode: Int?
    let physicalFunction: String?
  }
  struct Standing: Decodable {
    let state: RecordedState
    let headline: CauseRecord?
  }
  struct Physical: Decodable {
    let address: String
    let totalVFs: Int?
    let standing: Standing
  }
  struct Unit: Decodable {
    let members: [String]
    let kind: String
    let state: RecordedState
    let headline: CauseRecord?
    let remarks: [CauseRecord]
  }
  struct Confidential: Decodable { let ccCapable: Ternary }
  struct Accelerator: Decodable {
    let address: String
    let name, scsNamePiece: String?
    let memoryGiB: Int?
    let novaDeviceType: NovaDeviceType?
    let confidential: Confidential?
  }
  struct PCI: Decodable {
    let functions: [Function]
    let physicalFunctions: [Physical]
    let units: [Unit]
    let accelerators: [Accelerator]
  }
  /// `true`, `false`, or `"unknown"`.
  struct Ternary: Decodable {
    let isTrue: Bool

    init(from decoder: any Decoder) throws {
      isTrue = (try? decoder.singleValueContainer().decode(Bool.self)) ?? false
    }
  }

  let source: Source
  let environment: Environment
  let capabilities: [Capability]
  let facts: [String: Fact]
  let pci: PCI

  func record(name: String) -> HostRecord {
    let states = capabilities.map { capability in
      let cause = capability.state == .ready ? nil : capability.stopsAt ?? capability.firstUnknown
      return (
        capability.id, CapabilityRecord(state: capability.state, title: capability.title, cause: cause)
      )
    }
    return HostRecord(
      name: name, observedAt: source.observedAt, environment: environment.kind,
      capabilities: Dictionary(states) { first, _ in first },
      facts: facts.compactMapValues(\.value), devices: pci.devices)
  }
}

extension ReportDocument.PCI {
  fileprivate var devices: [DeviceRecord] {
    let functions = Dictionary(functions.map { ($0.address, $0) }) { first, _ in first }
    let physical = Dictionary(physicalFunctions.map { ($0.address, $0) }) { first, _ in first }
    let accelerators = Dictionary(accelerators.map { ($0.address, $0) }) { first, _ in first }
    return units.compactMap { unit in
      guard let address = unit.members.first else { return nil }
      let function = functions[address]
      let parent = function?.physicalFunction
      var device = DeviceRecord(address: address, kind: unit.kind, state: unit.state)
      device.companions = Array(unit.members.dropFirst())
      device.cause = unit.headline
      device.remarks = Set(unit.remarks.compactMap(\.reason))
      (device.vendor, device.device, device.classCode) = (function?.vendor, function?.device, function?.class)
      (device.numaNode, device.physicalFunction) = (function?.numaNode, parent)
      // The kernel hides VFs that it does not offer from libvirt, and so from Nova.
      let hasVFs = physical[address].map {
        ($0.totalVFs ?? 0) > 0 && $0.standing.headline?.reason != "sriov.hidden_by_kernel"
      }
      device.type =
        parent != nil
        ? .virtual : accelerators[address]?.novaDeviceType ?? (hasVFs == true ? .physical : .pci)
      device.model = (accelerators[address] ?? parent.flatMap { accelerators[$0] })?.name
      device.memoryGiB = accelerators[address]?.memoryGiB
      device.scsNamePiece = accelerators[address]?.scsNamePiece
      device.isCCCapable = accelerators[address]?.confidential?.ccCapable.isTrue ?? false
      return device
    }
  }
}
