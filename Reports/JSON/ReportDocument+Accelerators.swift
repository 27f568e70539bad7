// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence
internal import HostModel

extension ReportDocument {
  func accelerator(_ accelerator: Accelerator) -> JSONValue {
    let model = accelerator.model
    return [
      "address": .address(accelerator.address),
      "kind": .string(accelerator.kind.rawValue),
      "classified": .bool(model != nil),
      "name": .text(model?.name),
      "architecture": .text(model?.architecture),
      "memoryGiB": .number(model?.memoryGiB),
      "units": .number(model?.units),
      "unit": .text(model?.unit),
      "scsNamePiece": .text(model?.scsNamePiece),
      "sources": .strings(model?.sources ?? []),
      "companions": .array(accelerator.companions.map(JSONValue.address)),
      "sharing": .text(accelerator.sharing?.rawValue),
      "migCapable": Self.word(model?.isMIGCapable),
      "vgpuTypes": .array(accelerator.vgpuTypes.map(Self.type)),
      "virtualGPUs": .array(accelerator.virtualGPUs.map(Self.virtualGPU)),
      "qat": ["state": .text(accelerator.qatState), "services": .text(accelerator.qatServices)],
      "novaDeviceType": .text(accelerator.novaDeviceType),
      "confidential": confidential(accelerator),
      "tdispEvidence": Self.evidence(accelerator.tdisp),
    ]
  }

  private static func type(_ type: VGPUType) -> JSONValue {
    [
      "id": .string(type.id), "name": .text(type.name), "available": .number(type.available),
      "offeredBy": .number(type.offeredBy), "inUse": .number(type.inUse),
    ]
  }

  private static func virtualGPU(_ function: VirtualGPU) -> JSONValue {
    [
      "address": .address(function.address), "state": .string(function.state.rawValue),
      "type": .text(function.type),
    ]
  }

  private func confidential(_ accelerator: Accelerator) -> JSONValue {
    [
      "ccCapable": Self.word(accelerator.isCCCapable),
      "teeIO": Self.word(accelerator.model?.hasTEEIO),
      // The registers that hold it are never touched.
      "ccMode": "unknown",
      "ccModeCheck": .text(accelerator.ccModeCheck),
      "standing": accelerator.confidential.map { .object(standing($0, at: accelerator.address)) } ?? .null,
    ]
  }

  private static func evidence(_ evidence: TDISPEvidence) -> JSONValue {
    [
      "teeIO": flag(evidence.teeIO), "doe": flag(evidence.doe), "ide": flag(evidence.ide),
      "tsm": flag(evidence.tsm), "authenticated": flag(evidence.authenticated),
      "doeFeatures": evidence.doeFeatures.map(JSONValue.strings) ?? .null,
    ]
  }

  private static func flag(_ value: Bool?) -> JSONValue { value.map(JSONValue.bool) ?? .null }

  private static func word(_ value: Bool?) -> JSONValue {
    .string(value.map { $0 ? "yes" : "no" } ?? "unknown")
  }
}
