// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
public import Tape

extension HostRecord {
  /// Bytes: reports of hosts with 4,000 functions have some 10 MB.
  public static let sizeLimit = 64 << 20

  /// Whether bytes look like a report: an object that says its `schemaVersion`.
  public static func isReport(_ bytes: [UInt8]) -> Bool {
    guard bytes.first(where: { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }) == UInt8(ascii: "{") else {
      return false
    }
    return (try? JSONDecoder().decode(Version.self, from: Data(bytes))) != nil
  }

  /// Reads a report as `--format json` writes it; `path` names it in the message.
  public init(report bytes: [UInt8], name: String, path: String) throws(InputError) {
    guard bytes.count <= Self.sizeLimit else {
      throw InputError(path, "longer than \(Self.sizeLimit >> 20) MiB, the most a report may be")
    }
    let document: ReportDocument
    do {
      let version = try JSONDecoder().decode(Version.self, from: Data(bytes)).schemaVersion
      guard version.hasPrefix("1.") else {
        throw InputError(path, "schemaVersion \(version); this hostcap reads 1.x")
      }
      document = try JSONDecoder().decode(ReportDocument.self, from: Data(bytes))
    } catch let error as InputError { throw error } catch { throw Self.refusal(error, path) }
    self = document.record(name: name)
  }

  private struct Version: Decodable { let schemaVersion: String }

  private static func refusal(_ error: any Error, _ path: String) -> InputError {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
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
      device.scsNamePiece = accelerators[address]?.scsNamePiece
      device.isCCCapable = accelerators[address]?.confidential?.ccCapable.isTrue ?? false
      return device
    }
  }
}
