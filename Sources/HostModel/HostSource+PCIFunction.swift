// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

extension HostSource {
  /// One function; `nil`: it has vanished since the listing, or while it was read.
  ///
  /// `uevent` answers most in one read; where it is not there, or a field of it does not parse, the attribute files
  /// do, and in a dump of configuration spaces the header does. Source: kernel drivers/pci/pci-driver.c, pci_uevent().
  public func pciFunction(_ address: PCIAddress) -> PCIFunction? {
    var function = PCIFunction(address)
    let event = pciEvent(address)
    let fields = event.value
    let identity = pair(fields?.identity), subsystem = pair(fields?.subsystem)
    let vendor = identity == nil ? id(address, "vendor") : nil
    let device = identity == nil ? id(address, "device") : nil
    function.vendor = identity?.0 ?? vendor?.value
    function.device = identity?.1 ?? device?.value
    let classFile = number(fields?.classCode, below: 1 << 24) == nil ? classCode(address) : nil
    function.classCode = number(fields?.classCode, below: 1 << 24) ?? classFile?.value
    let gone =
      event.isAbsent && [vendor?.isAbsent, device?.isAbsent, classFile?.isAbsent].allSatisfy { $0 == true }
    if gone && isWhole { return nil }
    function.subsystemVendor = subsystem?.0 ?? id(address, "subsystem_vendor").value
    function.subsystemDevice = subsystem?.1 ?? id(address, "subsystem_device").value
    describe(&function)
    // The last look: of a function that went meanwhile, what is absent means nothing. Source: kernel drivers/base/core.c,
    // device_del(): the link goes with the attributes.
    if isWhole, read(.link(PCIDevices.path(address)), as: { $0.isEmpty ? nil : true }).isAbsent { return nil }
    if function.vendor == nil || function.classCode == nil { fillFromDump(&function) }
    return function
  }

  /// What is bound to it and where it sits.
  private func describe(_ function: inout PCIFunction) {
    let address = function.address
    if case .value(let driver) = pciDriver(address).outcome {
      function.driver = driver
      function.isDriverKnown = true
    }
    if case .value(let node) = numaNode(address).outcome { function.numaNode = node }
    function.iommuGroup = iommuGroup(address).value
    function.physicalFunction = physicalFunction(address).value
  }

  /// Only in a dump, where asking for configuration space wakes nobody.
  private func fillFromDump(_ function: inout PCIFunction) {
    guard origin().value == .pci, let space = configSpace(function.address).value else { return }
    function.vendor = function.vendor ?? space.vendor
    function.device = function.device ?? space.device
    function.classCode = function.classCode ?? space.classCode
    function.subsystemVendor = function.subsystemVendor ?? space.subsystemVendor
    function.subsystemDevice = function.subsystemDevice ?? space.subsystemDevice
  }

  private func id(_ address: PCIAddress, _ name: String) -> Reading<UInt16> {
    read(PCIDevices.file(address, name)) { hexadecimal($0).flatMap { UInt16(exactly: $0) } }
  }

  private func classCode(_ address: PCIAddress) -> Reading<UInt32> {
    read(PCIDevices.file(address, "class")) { hexadecimal($0).flatMap { $0 < 1 << 24 ? UInt32($0) : nil } }
  }
}

/// `15B3:101D`, in exports without leading zeros.
private func pair(_ text: String?) -> (UInt16, UInt16)? {
  if let text, let both = printedPair(text.utf8.span) { return both }
  guard let parts = text?.split(separator: ":"), parts.count == 2,
    let first = number(String(parts[0]), below: 1 << 16),
    let second = number(String(parts[1]), below: 1 << 16)
  else { return nil }
  return (UInt16(first), UInt16(second))
}

/// As the kernel prints it: four digits, a colon, four digits.
private func printedPair(_ bytes: Span<UInt8>) -> (UInt16, UInt16)? {
  guard bytes.count == 9, bytes[4] == UInt8(ascii: ":") else { return nil }
  var value: UInt32 = 0
  for index in 0..<9 where index != 4 {
    guard let digit = hexDigit(bytes[index]) else { return nil }
    value = value << 4 | UInt32(digit)
  }
  return (UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value))
}

private func number(_ text: String?, below limit: UInt64) -> UInt32? {
  guard let text, let value = hexadecimal(Array(text.utf8)[...]), value < limit else { return nil }
  return UInt32(value)
}
