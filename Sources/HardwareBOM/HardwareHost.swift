// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Advisories
internal import Evidence
public import HostModel

/// A host as a bill of materials takes it: facts and PCI functions, and nothing that identifies it but what an operator
/// calls it.
public struct HardwareHost: Sendable {
  /// As the operator's inventory calls it; shown only where hosts are asked for. `nil`: it has no name.
  public var name: String?
  /// RFC 3339, UTC; `nil`: the report does not say.
  public var observedAt: String?
  public var advised: AdvisedHost
  /// How many of each there are, virtual functions left out: they are no hardware.
  public var functions: [HardwareFunction: Int]

  public var facts: KnownFacts { advised.facts }

  public init(
    name: String?, observedAt: String?, advised: AdvisedHost, functions: [HardwareFunction: Int]
  ) {
    (self.name, self.observedAt, self.advised, self.functions) = (name, observedAt, advised, functions)
  }

  public init(_ report: HostReport) {
    let names = Dictionary(
      report.accelerators.compactMap { each in each.model.map { (each.address, $0.name) } }
    ) { first, _ in first }
    var functions: [HardwareFunction: Int] = [:]
    for function in report.functions where function.physicalFunction == nil {
      functions[HardwareFunction(function, name: names[function.address]), default: 0] += 1
    }
    self.init(
      name: nil, observedAt: report.observedAt.flatMap(UTCTime.init(secondsSince1970:)).map { "\($0)" },
      advised: AdvisedHost(report), functions: functions)
  }
}

/// What a PCI function is, without where it sits: functions that are the same here are counted together.
public struct HardwareFunction: Sendable, Hashable {
  public let vendor, device, subsystemVendor, subsystemDevice: UInt16?
  /// Base class, sub-class, programming interface.
  public let classCode: UInt32?
  /// `nil`: none is bound, or nobody knows.
  public let driver: String?
  /// Maker and model, by the device table; `nil`: it is not in there.
  public let name: String?

  public init(
    vendor: UInt16?, device: UInt16?, subsystemVendor: UInt16?, subsystemDevice: UInt16?, classCode: UInt32?,
    driver: String?, name: String?
  ) {
    (self.vendor, self.device, self.classCode) = (vendor, device, classCode)
    (self.subsystemVendor, self.subsystemDevice) = (subsystemVendor, subsystemDevice)
    self.driver = driver.flatMap { $0.isEmpty ? nil : $0 }
    self.name = name
  }

  init(_ function: PCIFunction, name: String?) {
    self.init(
      vendor: function.vendor, device: function.device, subsystemVendor: function.subsystemVendor,
      subsystemDevice: function.subsystemDevice, classCode: function.classCode, driver: function.driver,
      name: name)
  }

  /// `10de:2331`; a part that is not known is four question marks.
  var id: String { "\(Self.digits(vendor)):\(Self.digits(device))" }
  /// `nil`: the function has none, as bridges have not.
  var subsystem: String? {
    guard let subsystemVendor, let subsystemDevice else { return nil }
    return "\(Self.digits(subsystemVendor)):\(Self.digits(subsystemDevice))"
  }

  private static func digits(_ value: UInt16?) -> String {
    value.map { Evidence.digits($0, width: 4) } ?? "????"
  }
}
