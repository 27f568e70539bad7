// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence
internal import HostModel

// What is known of a function beyond what it is.
extension ReportDocument {
  static func details(_ details: FunctionDetails) -> [String: JSONValue] {
    [
      "hostBridge": .text(details.place?.hostBridge),
      "rootPort": .address(details.place?.rootPort),
      "link": details.link.map(link) ?? .null,
      "bars": .list(details.bars, bar),
      "romBytes": details.romBytes.map(JSONValue.count) ?? .null,
      "resizableBars": .list(details.resizableBARs, resizable),
      "resetMethods": .list(details.resetMethods, JSONValue.string),
      // Known to have none is the empty string: no device has that name.
      "vfioDevice": .text(details.vfioDevices.map { $0.first ?? "" }),
      "ariEnabled": .flag(details.isARIEnabled),
      "tsm": .flag(details.hasTSM),
      "doeFeatures": .list(details.doeFeatures, JSONValue.string),
      "capabilities": details.capabilities.map(capabilities) ?? .null,
    ]
  }

  static func aperture(_ aperture: VFAperture) -> JSONValue {
    [
      "index": .number(aperture.index),
      "bytes": .count(aperture.bytes),
      "bytesPerVF": aperture.bar.map { .count($0.bytes) } ?? .null,
    ]
  }

  private static func link(_ link: PCILink) -> JSONValue {
    [
      "speedMTps": .number(link.speedMTps),
      "width": .number(link.width),
      "maximumSpeedMTps": .number(link.maximumSpeedMTps),
      "maximumWidth": .number(link.maximumWidth),
    ]
  }

  private static func bar(_ bar: PCIBAR) -> JSONValue {
    ["index": .number(bar.index), "bytes": .count(bar.bytes), "kind": .string(bar.kind.rawValue)]
  }

  private static func resizable(_ bar: ResizableBAR) -> JSONValue {
    [
      "index": .number(bar.index),
      "bytes": bar.bytes.map(JSONValue.count) ?? .null,
      "supportedBytes": .array(bar.supportedBytes.map(JSONValue.count)),
    ]
  }

  private static func capabilities(_ all: FunctionCapabilities) -> JSONValue {
    let express = all.express.value
    return [
      "portType": .text(all.express.isPresent == false ? "conventional" : express?.portType?.name),
      "functionLevelReset": .flag(all.canFunctionLevelReset),
      "ariForwardingSupported": .flag(express?.isARIForwardingSupported),
      "ariForwardingEnabled": .flag(express?.isARIForwardingEnabled),
      "teeIO": .flag(all.isTEEIOSupported),
      "acs": acs(all.acs),
      "ari": .flag(all.ari.isPresent),
      "ats": .flag(all.ats.isPresent),
      "pri": .flag(all.pri.isPresent),
      "pasid": .flag(all.pasid.isPresent),
      "doeMailboxes": count(all.doe),
      "ide": ide(all.ide),
      "vfResizableBars": list(all.vfResizableBARs, resizable),
      "dvsec": list(all.dvsec) {
        [
          "vendor": .hexadecimal($0.vendor, width: 4), "id": .hexadecimal($0.id, width: 4),
          "revision": .number($0.revision), "lengthBytes": .number($0.length),
        ]
      },
    ]
  }

  private static func acs(_ acs: Decoded<ACSCapability>) -> JSONValue {
    guard let isPresent = acs.isPresent else { return .null }
    func services(_ register: UInt16?) -> JSONValue {
      .strings(register.map { ACSCapability.services($0) } ?? [])
    }
    return [
      "present": .bool(isPresent),
      "supported": services(acs.value?.capability),
      "enabled": services(acs.value?.control),
      "missing": services(acs.value?.missing),
    ]
  }

  private static func ide(_ ide: Decoded<IDECapability>) -> JSONValue {
    guard let isPresent = ide.isPresent else { return .null }
    return [
      "present": .bool(isPresent),
      "linkStreams": .number(ide.value?.linkStreams ?? 0),
      "selectiveStreams": .number(ide.value?.selectiveStreams ?? 0),
      "teeLimitedStream": .bool(ide.value?.isTEELimitedStreamSupported ?? false),
    ]
  }

  /// A list walked to its end that has none of a kind is empty.
  private static func list<Element>(
    _ all: Decoded<[Element]>, _ element: (Element) -> JSONValue
  ) -> JSONValue {
    all.isPresent == nil ? .null : .array((all.value ?? []).map(element))
  }

  private static func count<Element>(_ all: Decoded<[Element]>) -> JSONValue {
    all.isPresent == nil ? .null : .number(all.value?.count ?? 0)
  }
}
