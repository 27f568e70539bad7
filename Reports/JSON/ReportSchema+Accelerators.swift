// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import HostModel

extension ReportSchema {
  static var accelerator: JSONValue {
    object(
      "A GPU, or another device that computes for guests or carries their data. Virtual ones go with their PF.",
      model.merging([
        "address": reference("address"),
        "kind": words(
          Accelerator.Kind.allCases.map(\.rawValue),
          "What it is for. other: a co-processor that the device table does not hold."),
        "classified": flag("The device table holds it. If not, what makers say of it is null."),
        "companions": list(
          "Audio, USB and the like of the same card, which go along with it.", of: reference("address")),
        "sharing": orNull(
          words(
            Accelerator.Sharing.allCases.map(\.rawValue),
            """
            How it can be handed out now. whole: to one guest. sriov: as VFs. mdev: as mediated devices. vendor_vfio: as VFs \
            that NVIDIA's driver serves. unknown_until_vfs_enabled: the two cannot be told apart without VFs.
            """)),
        "migCapable": yesNoUnknown(
          "Whether it has Multi-Instance GPU. Whether that is on, the kernel does not show."),
        "vgpuTypes": list("vGPU types that it offers.", of: vgpuType),
        "virtualGPUs": list("Its VFs that NVIDIA's driver serves.", of: virtualGPU),
        "qat": object(
          "Intel QAT.",
          [
            "state": orNull(text("up or down. Null: no QAT, or not known.")),
            "services": orNull(text("cfg_services: sym;asym, dc and the like. Null: no QAT, or not known.")),
          ]),
        "novaDeviceType": orNull(
          words(["type-PCI", "type-PF", "type-VF"], "What Nova's device_spec and alias will call it.")),
        "confidential": confidential,
        "tdispEvidence": tdispEvidence,
      ]) { _, new in new })
  }

  private static var model: [String: JSONValue] {
    [
      "name": orNull(text("Maker and model.")),
      "architecture": orNull(text("The maker's name for it.")),
      "memoryGiB": orNull(
        number("Memory of this PCI function, as the datasheet counts it: makers write GB.", minimum: 1)),
      "units": orNull(number("Compute units of this PCI function.", minimum: 1)),
      "unit": orNull(words(["CU", "EU", "SM", "Xe-core"], "What the units are called.")),
      "scsNamePiece": orNull(
        pattern(
          "^[Gg][NAI][a-z0-9.]+(-[0-9]+h*(-[0-9]+h*)?)?$", "The GPU part of an SCS flavor name, scs-0100.")),
      "sources": list("Documents that the row of the device table rests on.", of: text("Title.")),
    ]
  }

  private static var vgpuType: JSONValue {
    object(
      "A vGPU type.",
      [
        "id": text("nvidia-742, or a number with vendor_vfio."),
        "name": orNull(text("NVIDIA A2-1B and the like.")),
        "available": orNull(
          number(
            "Mediated devices that can still be made. Null with vendor_vfio: the driver says only whether one more fits.",
            minimum: 0)),
        "offeredBy": number("Functions that offer it now.", minimum: 0),
        "inUse": orNull(number("VFs that have it. Null: mediated devices are not counted.", minimum: 0)),
      ])
  }

  private static var virtualGPU: JSONValue {
    object(
      "A VF that can be a vGPU.",
      [
        "address": reference("address"),
        "state": words(
          VirtualGPU.State.allCases.map(\.rawValue),
          "typed: it has a type. free: it can get one. full: beside its siblings none fits."),
        "type": orNull(text("The type's id. Null: it has none, or not known.")),
      ])
  }

  private static var confidential: JSONValue {
    object(
      "Whether a confidential guest can have it.",
      [
        "ccCapable": yesNoUnknown("Whether the silicon has a confidential-computing mode."),
        "teeIO": yesNoUnknown(
          "Whether the maker calls it TEE-IO capable; tdispEvidence has what its registers say."),
        "ccMode": words(
          ["unknown"], "Never read: it stands in registers that belong to whoever has the device."),
        "ccModeCheck": orNull(text("The vendor's command that tells. Null: there is none.")),
        "standing": orNull(reference("standing"), "The climb of pci.confidential. Null: not a GPU."),
      ])
  }

  private static var tdispEvidence: JSONValue {
    object(
      "What speaks for TDISP, the way for a device into a confidential guest's memory.",
      [
        "teeIO": orNull(flag("Device Capabilities, bit 30.")),
        "doe": orNull(flag("It has the extended capability 002e.")),
        "ide": orNull(flag("It has the extended capability 0030.")),
        "tsm": orNull(flag("It has a tsm directory.")),
        "authenticated": orNull(flag("SPDM has vouched for it. Null: no TSM, or not known.")),
        "doeFeatures": orNull(
          list("Names below doe_features.", of: text("vendor:type, or doe_discovery."))),
      ])
  }

  private static func yesNoUnknown(_ description: String) -> JSONValue {
    words(["no", "unknown", "yes"], description)
  }
}
