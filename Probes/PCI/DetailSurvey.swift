// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// Details of many functions, each asked for once: a virtual function's are mostly its physical function's.
struct DetailSurvey {
  private let host: any HostSource
  private let isGuest: Bool
  private let isDump: Bool
  private let functions: [PCIFunction]
  /// Enabled VFs by their PF, the first of each.
  private let firstVF: [PCIAddress: PCIAddress]
  private var byAddress: [PCIAddress: FunctionDetails] = [:]
  /// The few lists of reset methods there are, each held once.
  private var resetMethods: Set<[String]> = []

  init(_ functions: [PCIFunction], _ host: any HostSource) {
    (self.functions, self.host) = (functions, host)
    isGuest = Environment.observe(host).isGuest
    isDump = host.origin().value == .pci
    let virtual = functions.compactMap { function in
      function.physicalFunction.map { ($0, function.address) }
    }
    firstVF = Dictionary(virtual) { first, _ in first }
  }

  /// In the functions' order.
  mutating func details() -> [FunctionDetails] {
    var ports: Set<PCIAddress> = []
    var shares: [PCIAddress: [PCIBAR]?] = [:]
    for function in functions where function.physicalFunction == nil {
      var details = FunctionDetails(function.address)
      details.place = host.pciPlace(function.address).value
      if isHandedOut(function) {
        describe(&details, function)
        if details.capabilities != nil { ports.formUnion(details.place?.ports ?? []) }
      }
      byAddress[function.address] = details
    }
    for port in ports { look(at: port) }
    var all: [FunctionDetails] = []
    all.reserveCapacity(functions.count)
    for function in functions {
      guard let parent = function.physicalFunction else {
        all.append(byAddress[function.address] ?? FunctionDetails(function.address))
        continue
      }
      if shares[parent] == nil { shares[parent] = .some(share(of: parent)) }
      all.append(virtual(function, of: parent, bars: shares[parent] ?? nil))
    }
    return all
  }

  /// Thousands of VFs have the same.
  private mutating func methods(of address: PCIAddress) -> [String]? {
    guard let methods = host.resetMethods(address).value else { return nil }
    return resetMethods.insert(methods).memberAfterInsert
  }

  /// Everything but what makes up the machine itself: memory controllers (05), bridges (06), system peripherals (08), the
  /// secure processor and its like (10), counters (11) and dummies (13), unless they have VFs or sit in VFIO.
  /// Source: PCI Code and ID Assignment 1.16, 1.
  private func isHandedOut(_ function: PCIFunction) -> Bool {
    if isDump || isWanted(function) { return true }
    guard let base = function.classAndSubclass.map({ $0 >> 8 }) else { return false }
    return ![0x05, 0x06, 0x08, 0x10, 0x11, 0x13].contains(base)
  }

  /// Whether somebody needs its configuration space: kinds that people hand to guests, and whatever has VFs or is in VFIO.
  private func isWanted(_ function: PCIFunction) -> Bool {
    if isDump { return true }
    // A VF whose PF cannot be seen is one all the same; a copy without the link has none.
    guard function.isBridge != true, (host.isVirtualFunction(function.address).value ?? !host.isCopy) == false
    else { return false }
    return firstVF[function.address] != nil
      // NVMe drives are many, and of interest only with VFs.
      || function.isSRIOVExpected && function.classAndSubclass.map { $0 >> 8 } != 0x01
      || host.isPhysicalFunction(function) == true || host.driverBinding(function).value?.isVFIO == true
  }

  private func describe(_ details: inout FunctionDetails, _ function: PCIFunction) {
    let address = function.address
    // What a hypervisor makes up is no news of the host.
    if isWanted(function), !isGuest { details.capabilities = host.functionCapabilities(address).value }
    details.link = link(address, details.capabilities)
    let lines = host.pciResources(address).value
    details.bars = lines?.prefix(6).enumerated().compactMap { PCIBAR(index: $0, $1) }
    details.romBytes = lines.flatMap { $0.count > 6 ? $0[6].bytes ?? 0 : nil }
    details.resetMethods = host.resetMethods(address).value
    details.vfioDevices = host.vfioDevices(function).value
    details.isARIEnabled = host.flag("\(PCIDevices.path(address))/ari_enabled").value
    describe(&details, files: host.names(in: PCIDevices.path(address)).value ?? [])
  }

  /// What the names in its directory tell. A copy may lack some of them.
  private func describe(_ details: inout FunctionDetails, files: [String]) {
    let path = PCIDevices.path(details.address)
    switch details.capabilities?.resizableBARs {
    case .value(let bars): details.resizableBARs = bars
    case .absent: details.resizableBARs = []
    case .unknown, nil:
      let found = host.resizableBARs(details.address, files: files, bars: details.bars)
      details.resizableBARs = found?.isEmpty == true ? nil : found
    }
    details.hasTSM = host.contains("tsm", in: path).value
    switch host.contains("doe_features", in: path).value {
    case true: details.doeFeatures = host.names(in: "\(path)/doe_features").value
    case false: details.doeFeatures = []
    case nil: break
    }
  }

  /// From the registers where they were read; each sysfs file would read them again.
  private func link(_ address: PCIAddress, _ capabilities: FunctionCapabilities?) -> PCILink? {
    switch capabilities?.express {
    case .value(let express): express.link
    case .absent: nil
    case .unknown, nil: host.pciLink(address)
    }
  }

  /// A port above: what it keeps apart, and how fast it is.
  private mutating func look(at port: PCIAddress) {
    guard var details = byAddress[port], details.capabilities == nil else { return }
    details.capabilities = host.functionCapabilities(port).value
    details.link = link(port, details.capabilities)
    byAddress[port] = details
  }

  /// The BARs of every VF of a physical function.
  private func share(of parent: PCIAddress) -> [PCIBAR]? {
    let apertures = host.vfApertures(parent, firstVF: firstVF[parent]).value
    guard let apertures, !apertures.isEmpty else { return nil }
    let bars = apertures.compactMap(\.bar)
    return bars.count == apertures.count ? bars : nil
  }

  private mutating func virtual(
    _ function: PCIFunction, of parent: PCIAddress, bars: [PCIBAR]?
  ) -> FunctionDetails {
    var details = FunctionDetails(function.address)
    let physical = byAddress[parent]
    (details.place, details.link) = (physical?.place, physical?.link)
    details.bars = bars
    details.romBytes = bars == nil ? nil : 0
    details.isARIEnabled = physical?.isARIEnabled
    details.resetMethods = methods(of: function.address)
    details.vfioDevices = host.vfioDevices(function).value
    return details
  }
}
