// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import HostModel

// What is known of a function beyond what it is.
extension ReportSchema {
  static var details: [String: JSONValue] {
    [
      "hostBridge": orNull(
        pattern(
          "^pci[0-9a-f]{4,8}:[0-9a-f]{2}$", "Root complex: domain and root bus. Finer than a NUMA node.")),
      "rootPort": orNull(
        reference("address"),
        "The topmost bridge above it. Null with a hostBridge: it sits on the root bus. Else not known."),
      "link": orNull(link, "Null: no PCI Express link, or not known."),
      "bars": orNull(
        list("BARs with something behind them; a VF's are its share of the PF's room.", of: bar)),
      "romBytes": orNull(count("Expansion ROM; 0: none.")),
      "resizableBars": orNull(list("BARs that can be given another size.", of: resizableBAR)),
      "resetMethods": orNull(
        list("The kernel's ways to reset it, in its order. Empty: none.", of: text("flr, bus, pm, …")),
        "Null: not known, as on kernels before 5.15."),
      "vfioDevice": orNull(
        text("Its name below /dev/vfio/devices; the empty string: it has none, for VFIO does not hold it.")),
      "ariEnabled": orNull(flag("Whether the port above forwards by ARI; a VF has its PF's.")),
      "tsm": orNull(flag("Whether the kernel offers to join it to a confidential guest: its directory tsm.")),
      "doeFeatures": orNull(
        list("What its mailboxes speak, by the kernel. Empty: it lists none.", of: text("vendor:type"))),
      "capabilities": orNull(
        reference("functionCapabilities"),
        "Null: its configuration space was not asked for, or could not be read."),
    ]
  }

  private static var link: JSONValue {
    func speed(_ words: String) -> JSONValue {
      orNull(number("\(words), megatransfers a second: 2.5 GT/s is 2500.", minimum: 0))
    }
    return object(
      "A PCI Express link; a VF has its PF's.",
      [
        "speedMTps": speed("As it runs now"),
        "width": orNull(number("Lanes now.", minimum: 1)),
        "maximumSpeedMTps": speed("As it could run"),
        "maximumWidth": orNull(number("Lanes there could be.", minimum: 1)),
      ])
  }

  private static var bar: JSONValue {
    object(
      "A base address register.",
      [
        "index": number("0 to 5.", minimum: 0),
        "bytes": count("Its size."),
        "kind": words(PCIBAR.Kind.allCases.map(\.rawValue), "Ports, or memory below or above 4 GiB."),
      ])
  }

  private static var resizableBAR: JSONValue {
    object(
      "A BAR that can be given another size.",
      [
        "index": number("0 to 5.", minimum: 0),
        "bytes": orNull(count("Its size now.")),
        "supportedBytes": list("The sizes it can have, smallest first.", of: count("Bytes.")),
      ])
  }

  static var functionCapabilities: JSONValue {
    func services(_ words: String) -> JSONValue { list(words, of: text("As lspci prints it: SrcValid.")) }
    return object(
      "What configuration space says. Null: the list of capabilities could not be walked to its end.",
      [
        "portType": orNull(
          words(
            ExpressCapability.PortType.allCases.map(\.name) + ["conventional"],
            "PCI Express device or port type; conventional: not PCI Express.")),
        "functionLevelReset": orNull(flag("DevCap[28], or Advanced Features.")),
        "ariForwardingSupported": orNull(
          flag("DevCap2[5]."), "Null: not a port that leads down, or not known."),
        "ariForwardingEnabled": orNull(
          flag("DevCtl2[5]."), "Null: not a port that leads down, or not known."),
        "teeIO": orNull(flag("DevCap[30]: it can be part of a confidential guest.")),
        "acs": orNull(
          object(
            "Access Control Services. Advisory: the kernel has exceptions, and groups are what counts.",
            [
              "present": flag("Whether it has the capability."),
              "supported": services("ACS Capability."),
              "enabled": services("ACS Control."),
              "missing": services(
                "Supported, wanted by the kernel for a group of one's own, and not enabled."),
            ])),
        "ari": orNull(flag("Alternative Routing-ID Interpretation.")),
        "ats": orNull(flag("Address Translation Service.")),
        "pri": orNull(flag("Page Request Interface.")),
        "pasid": orNull(flag("Process Address Space ID.")),
        "doeMailboxes": orNull(number("Data Object Exchange mailboxes.", minimum: 0)),
        "ide": orNull(
          object(
            "Integrity and Data Encryption of the link.",
            [
              "present": flag("Whether it has the capability."),
              "linkStreams": number("Traffic classes with a Link IDE stream.", minimum: 0),
              "selectiveStreams": number("Selective IDE streams.", minimum: 0),
              "teeLimitedStream": flag("Whether streams may be limited to a TEE's."),
            ])),
        "vfResizableBars": orNull(list("BARs of the VFs that can be given another size.", of: resizableBAR)),
        "dvsec": orNull(list("Designated Vendor-Specific capabilities, in their order.", of: dvsec)),
      ])
  }

  private static var dvsec: JSONValue {
    object(
      "One of a vendor's: CXL's is 1e98.",
      [
        "vendor": identifier("Vendor ID."), "id": identifier("DVSEC ID."),
        "revision": number("Revision.", minimum: 0),
        "lengthBytes": number("Its length, the header included.", minimum: 0),
      ])
  }
}
