// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Advisories

/// One host's components, and which rests on which. What a report does not say is left out.
struct HostParts: Sendable {
  /// Board and system, as its firmware names them.
  let machine: Component
  /// How many of each, where that is known.
  private(set) var parts: [Component: Int?] = [:]
  private(set) var dependencies: [Component: Set<Component>] = [:]
  private(set) var microcode, secureProcessor, tdxModule, processor: Component?

  init(_ host: HardwareHost) {
    let facts = host.facts
    var machine = Component(
      "compute host", .device, facts.text("machine.product") ?? "host",
      manufacturer: facts.text("machine.vendor"))
    machine.properties["hostcap:board"] = facts.text("machine.board")
    self.machine = machine
    addProcessor(facts)
    addFirmware(facts)
    addSystem(facts)
    for (function, count) in host.functions { add(function, count, facts) }
  }

  private mutating func add(_ part: Component, _ count: Int? = nil, below parent: Component? = nil) {
    parts[part] = .some(count.map { $0 + ((parts[part] ?? nil) ?? 0) })
    dependencies[parent ?? machine, default: []].insert(part)
  }

  private mutating func addProcessor(_ facts: KnownFacts) {
    guard let name = facts.text("cpu.brand") ?? facts.text("cpu.codename") ?? facts.text("cpu.vendor") else {
      return
    }
    var processor = Component("processor", .device, name, manufacturer: facts.text("cpu.vendor"))
    let numbers = ["family", "model", "stepping"].compactMap { facts.count("cpu.\($0)") }
    if numbers.count == 3 { processor.version = numbers.map(String.init).joined(separator: "/") }
    processor.properties["hostcap:codename"] = facts.text("cpu.codename")
    add(processor)
    self.processor = processor
    let revisions = facts.list("cpu.microcode-revisions") ?? facts.text("cpu.microcode").map { [$0] } ?? []
    for revision in revisions {
      var microcode = Component(
        "microcode", .firmware, "\(name) microcode", manufacturer: facts.text("cpu.vendor"), version: revision
      )
      microcode.properties["hostcap:processor"] = processor.version
      add(microcode, below: processor)
      self.microcode = microcode
    }
  }

  private mutating func addFirmware(_ facts: KnownFacts) {
    if facts.text("firmware.version") != nil || facts.text("firmware.vendor") != nil {
      var firmware = Component(
        "system firmware", .firmware, "BIOS", manufacturer: facts.text("firmware.vendor"),
        version: facts.text("firmware.version"))
      firmware.properties["hostcap:date"] = facts.text("firmware.date")
      add(firmware)
    }
    if let version = facts.text("amd.psp.snp-api") ?? facts.text("amd.psp.sev-api") {
      var firmware = Component(
        "secure processor", .firmware, "AMD SEV firmware", manufacturer: "AMD", version: version)
      firmware.properties["hostcap:tcb:current"] = facts.list("amd.psp.snp-tcb-components")?.joined(
        separator: " ")
      firmware.properties["hostcap:tcb:reported"] =
        facts.list("amd.psp.snp-reported-tcb-components")?.joined(separator: " ")
      add(firmware)
      secureProcessor = firmware
    }
    for (id, name) in [
      ("bootloader", "AMD secure processor bootloader"), ("tee", "AMD secure processor TEE"),
    ] {
      guard let version = facts.text("amd.psp.\(id)-version") else { continue }
      add(Component("secure processor \(id)", .firmware, name, manufacturer: "AMD", version: version))
    }
    if let version = facts.text("intel.tdx.module-version") {
      let module = Component(
        "TDX module", .firmware, "Intel TDX module", manufacturer: "Intel", version: version)
      add(module)
      tdxModule = module
    }
  }

  private mutating func addSystem(_ facts: KnownFacts) {
    guard let release = facts.text("kernel.release") else { return }
    var system = Component("operating system", .operatingSystem, "Linux", version: release)
    system.properties["hostcap:distribution"] = facts.text("os.name")
    add(system)
  }

  /// A driver's own version stands nowhere that is read: the kernel's says which one it came with, or for which it was built.
  private mutating func add(_ function: HardwareFunction, _ count: Int, _ facts: KnownFacts) {
    let role = DeviceRole(function)
    var device = Component(
      role.word, .device, function.name ?? "\(role.title) \(function.id)", manufacturer: role.maker)
    device.properties["hostcap:pci:id"] = function.id
    device.properties["hostcap:pci:subsystem"] = function.subsystem
    device.properties["hostcap:pci:class"] = role.code
    add(device, count)
    guard let name = function.driver else { return }
    var driver = Component("driver", .deviceDriver, name)
    driver.properties["hostcap:kernel"] = facts.text("kernel.release")
    add(driver, below: device)
  }
}
