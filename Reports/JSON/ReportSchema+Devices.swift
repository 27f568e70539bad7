// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import HostModel

extension ReportSchema {
  /// What the PCI part refers to.
  static var devices: [String: JSONValue] {
    [
      "address": pattern(
        "^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-1][0-9a-f]\\.[0-7]$",
        "domain:bus:device.function, as the kernel writes it."),
      "function": function,
      "functionCapabilities": functionCapabilities,
      "physicalFunction": physicalFunction,
      "accelerator": accelerator,
      "standing": object("A climb reduced to what one of many devices needs.", standing),
      "unit": object(
        "A function, or the functions of a slot that share an IOMMU group.",
        standing.merging([
          "members": list("Lowest address first; the first one names the unit.", of: reference("address")),
          "kind": words(["accelerator", "gpu", "network", "other", "storage", "vf"], "What people call it."),
        ]) { _, new in new }),
      "remark": object(
        "A rung that is not a plain pass.",
        advice.merging([
          "rung": reference("rungID"),
          "layer": reference("layer"),
          "verdict": reference("verdict"),
          "because": text("The value that decided, for people."),
          "evidence": reference("evidence"),
        ]) { _, new in new }),
    ]
  }

  private static var standing: [String: JSONValue] {
    [
      "state": reference("state"),
      "headline": orNull(reference("remark"), "The rung that decided the state. Null: ready, or a guest."),
      "remarks": list("Lowest rung first: the ones that fail, warn or are unknown.", of: reference("remark")),
    ]
  }

  private static var function: JSONValue {
    object(
      "One PCI function.",
      [
        "address": reference("address"),
        "vendor": orNull(identifier("Vendor ID; a VF has its PF's.")),
        "device": orNull(identifier("Device ID; a VF's comes from its PF's capability.")),
        "subsystemVendor": orNull(identifier("Subsystem vendor ID.")),
        "subsystemDevice": orNull(identifier("Subsystem ID.")),
        "class": orNull(pattern("^[0-9a-f]{6}$", "Base class, sub-class, programming interface.")),
        "driver": orNull(text("The bound driver's name; the empty string: none is bound. Null: not known.")),
        "numaNode": orNull(number("NUMA node. Null: firmware did not say, or not known.", minimum: 0)),
        "iommuGroup": orNull(number("IOMMU group number. Null: in none, or not known.", minimum: 0)),
        "physicalFunction": orNull(
          reference("address"), "The PF, for a virtual function. Null: not one, or not known."),
      ].merging(details) { first, _ in first })
  }

  private static var physicalFunction: JSONValue {
    object(
      "A physical function and its virtual functions.",
      [
        "address": reference("address"),
        "totalVFs": orNull(
          number("VFs it can have: sriov_totalvfs, else the capability's TotalVFs.", minimum: 0)),
        "activeVFs": orNull(number("VFs enabled now: sriov_numvfs, else NumVFs.", minimum: 0)),
        "assignedVFs": orNull(number("Of the active ones, those bound to VFIO.", minimum: 0)),
        "vfsByUse": orNull(
          object(
            "Who holds the active ones.",
            [
              "host": number("A driver of the host's.", minimum: 0),
              "vfio": number("VFIO, so that a guest can have it.", minimum: 0),
              "idle": number("Nobody.", minimum: 0),
            ])),
        "freeVFs": orNull(
          number("VFs that could still be enabled, or are enabled and unassigned.", minimum: 0)),
        "vfDevice": orNull(identifier("VF Device ID.")),
        "firstVFOffset": orNull(number("First VF Offset, in routing IDs.", minimum: 0)),
        "vfStride": orNull(number("VF Stride, in routing IDs.", minimum: 0)),
        "driversAutoprobe": orNull(
          flag("sriov_drivers_autoprobe: whether the host binds a driver to new VFs.")),
        "virtualFunctions": list("The enabled VFs, in order.", of: reference("address")),
        "vfBars": orNull(
          list(
            "Room for the VFs' BARs. Empty: none was given.",
            of: object(
              "One BAR of all VFs.",
              [
                "index": number("0 to 5.", minimum: 0),
                "bytes": count("All VFs together, by the register TotalVFs."),
                "bytesPerVF": orNull(count("What each VF gets.")),
              ]))),
        "vfMSIXTotal": orNull(
          number(
            "MSI-X vectors to share out among the VFs; 0: the driver does that by itself.", minimum: 0)),
        "vfMSIXCounts": orNull(
          list(
            "MSI-X vectors of each VF, in the order of virtualFunctions.",
            of: number("Vectors.", minimum: 0)),
          "Null: the driver shares them out by itself, or not known."),
        "netDevices": orNull(
          list("Its network devices, and in switchdev mode its VFs' representors.", of: networkPort)),
        "rdmaDevices": orNull(list("Its InfiniBand and RoCE devices.", of: text("A name: mlx5_0."))),
        "standing": reference("standing"),
      ])
  }

  private static var networkPort: JSONValue {
    object(
      "A network device.",
      [
        "name": text("As ip link prints it."),
        "physicalPortName": orNull(
          text("phys_port_name: p0, pf0vf1. Null: the driver names none, or not known.")),
        "switchPort": orNull(flag("Whether it is a port of a switch in the hardware: switchdev mode.")),
      ])
  }

  static func identifier(_ description: String) -> JSONValue {
    pattern("^[0-9a-f]{4}$", description)
  }
}
