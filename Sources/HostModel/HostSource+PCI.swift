// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Where the kernel shows PCI functions. Source: kernel Documentation/ABI/testing/sysfs-bus-pci.
public enum PCIDevices {
  public static let directory = "/sys/bus/pci/devices"
  /// Functions; what a listing holds beyond them is left out.
  public static let limit = 65_536

  public static func path(_ address: PCIAddress) -> String { text(address, "") }
  public static func file(_ address: PCIAddress, _ name: String) -> Question { .file(text(address, name)) }
  public static func link(_ address: PCIAddress, _ name: String) -> Question { .link(text(address, name)) }
  public static func subdirectory(_ address: PCIAddress, _ name: String) -> Question {
    .directory(text(address, name))
  }

  /// A function's folder, or what is in it: the beginning of most questions, put together in one piece.
  private static func text(_ address: PCIAddress, _ name: String) -> String {
    var text = directory
    text.reserveCapacity(directory.utf8.count + name.utf8.count + 20)
    text += "/"
    text += address.description
    if !name.isEmpty {
      text += "/"
      text += name
    }
    return text
  }
}

extension HostSource {
  /// Whether listings are the kernel's own, so that what they lack is not there.
  public var isWhole: Bool {
    switch whatItIs {
    case .live, .mount: true
    default: false
    }
  }

  /// Whether the answers are what somebody copied, so that a gap may be the copy's. Neither, if the origin is not known.
  public var isCopy: Bool { whatItIs != nil && !isWhole }

  /// Asked of every function, and the same for all of them.
  private var whatItIs: Origin? {
    guard let survey = self as? PCISurvey else { return origin().value }
    return survey.whatItIs
  }

  /// Every function's address, in order. Names of another form are not functions.
  public func pciAddresses() -> Reading<[PCIAddress]> {
    names(in: PCIDevices.directory).map { names in
      Array(names.compactMap { PCIAddress($0) }.sorted().prefix(PCIDevices.limit))
    }
  }

  /// Every function that is still there when it is looked at.
  public func pciFunctions() -> Reading<[PCIFunction]> {
    if let survey = self as? PCISurvey { return survey.functions }
    return pciAddresses().map { $0.compactMap { pciFunction($0) } }
  }

  /// The driver bound to a function; `nil`: none is. From `uevent`, else from the `driver` link.
  public func pciDriver(_ address: PCIAddress) -> Reading<String?> {
    let event = pciEvent(address)
    if let fields = event.value { return Reading(event.question, .value(fields.driver)) }
    let link = linkName(PCIDevices.link(address, "driver"))
    if link.isAbsent { return Reading(link.question, .value(nil)) }
    return link.map { $0 }
  }

  /// The group of the IOMMU that a function is in. Absent: in none.
  public func iommuGroup(_ address: PCIAddress) -> Reading<Int> {
    surveyed(address, { $0.group }, { $0.group = $1 }) {
      linkName(PCIDevices.link(address, "iommu_group")).flatMap { name in
        decimal(Array(name.utf8)[...]).flatMap(Int.init(exactly:)).map(Reading.Outcome.value)
          ?? .unreadable("not a group's number")
      }
    }
  }

  /// The physical function of a virtual one. Absent: not a virtual function.
  /// Errors: a link that leads to no address is unreadable, and its function is virtual all the same.
  public func physicalFunction(_ address: PCIAddress) -> Reading<PCIAddress> {
    linkName(PCIDevices.link(address, "physfn")).flatMap { name in
      PCIAddress(name).map(Reading.Outcome.value) ?? .unreadable("not a function's address")
    }
  }

  /// The NUMA node; `nil`: firmware did not say (-1). Absent: a kernel without NUMA.
  public func numaNode(_ address: PCIAddress) -> Reading<Int?> {
    read(PCIDevices.file(address, "numa_node"), as: signedDecimal).flatMap { node in
      // Source: kernel arch/x86/Kconfig, NODES_SHIFT: at most 1024 nodes.
      (-1..<1024).contains(node) ? .value(node < 0 ? nil : Int(node)) : .unreadable("not a node's number")
    }
  }

  /// The fields of `uevent`; at least `PCI_ID`, or it is none.
  func pciEvent(_ address: PCIAddress) -> Reading<PCIEvent> {
    surveyed(address, { $0.event }, { $0.event = $1 }) {
      read(PCIDevices.file(address, "uevent")) { PCIEvent($0) }
    }
  }
}
