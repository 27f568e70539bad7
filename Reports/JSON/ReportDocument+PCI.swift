// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence
internal import HostModel

extension ReportDocument {
  func function(_ function: PCIFunction) -> JSONValue { self.function(function, details(of: function)) }

  func details(of function: PCIFunction) -> FunctionDetails {
    report.details(of: function.address) ?? FunctionDetails(function.address)
  }

  func function(_ function: PCIFunction, _ details: FunctionDetails) -> JSONValue {
    .object(Self.details(details).merging(identity(function)) { first, _ in first })
  }

  private func identity(_ function: PCIFunction) -> [String: JSONValue] {
    [
      "address": .address(function.address),
      "vendor": .hexadecimal(function.vendor, width: 4),
      "device": .hexadecimal(function.device, width: 4),
      "subsystemVendor": .hexadecimal(function.subsystemVendor, width: 4),
      "subsystemDevice": .hexadecimal(function.subsystemDevice, width: 4),
      "class": .hexadecimal(function.classCode, width: 6),
      // Known to be unbound is the empty string: no driver has that name.
      "driver": function.isDriverKnown ? .string(function.driver ?? "") : .text(function.driver),
      "numaNode": .number(function.numaNode),
      "iommuGroup": .number(function.iommuGroup),
      "physicalFunction": .address(function.physicalFunction),
    ]
  }

  func physicalFunction(_ function: PhysicalFunction) -> JSONValue {
    [
      "address": .address(function.address),
      "totalVFs": .number(function.totalVFs),
      "activeVFs": .number(function.activeVFs),
      "assignedVFs": .number(function.assignedVFs),
      "vfsByUse": function.vfsByUse.map {
        ["host": .number($0.host), "vfio": .number($0.vfio), "idle": .number($0.idle)]
      } ?? .null,
      "freeVFs": .number(function.freeVFs),
      "vfDevice": .hexadecimal(function.vfDevice, width: 4),
      "firstVFOffset": .number(function.firstVFOffset),
      "vfStride": .number(function.vfStride),
      "driversAutoprobe": .flag(function.driversAutoprobe),
      "virtualFunctions": .array(function.virtualFunctions.map(JSONValue.address)),
      "vfBars": .list(function.vfApertures, Self.aperture),
      "vfMSIXTotal": .number(function.vfInterruptVectors),
      "vfMSIXCounts": .list(function.interruptVectorsByVF) { .number($0) },
      "netDevices": .list(function.networkPorts) {
        [
          "name": .string($0.name), "physicalPortName": .text($0.physicalPortName),
          "switchPort": .flag($0.isSwitchPort),
        ]
      },
      "rdmaDevices": .list(function.rdmaDevices, JSONValue.string),
      "standing": .object(standing(function.standing, at: function.address)),
    ]
  }

  func unit(_ unit: AssignableUnit) -> JSONValue {
    .object(
      standing(unit.standing, at: unit.members.first).merging([
        "members": .array(unit.members.map(JSONValue.address)),
        "kind": .string(unit.kind),
      ]) { _, new in new })
  }

  func standing(_ standing: Standing, at address: PCIAddress?) -> [String: JSONValue] {
    [
      "state": .string(standing.state.rawValue),
      "headline": standing.headline.map { remark($0, at: address) } ?? .null,
      "remarks": .array(standing.remarks.map { remark($0, at: address) }),
    ]
  }

  private func remark(_ remark: Standing.Remark, at address: PCIAddress?) -> JSONValue {
    let judgement = remark.judgement
    return .object(
      advice(judgement.reason, at: address, citing: judgement.citing).merging([
        "rung": .string(remark.rung),
        "layer": .string(remark.layer.rawValue),
        "verdict": .string(judgement.verdict.rawValue),
        "because": .string(judgement.because),
        "evidence": evidence(judgement.citing),
      ]) { _, new in new })
  }
}
