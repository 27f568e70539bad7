// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Advisories

/// One host's components, and which rests on which. What a report does not say is left out.
final class HostParts {
  /// Board and system, as its firmware names them.
  let machine: Component
  /// How many of each; 0: that is not known.
  private(set) var parts: [Component: Int] = [:]
  private(set) var dependencies: [Component: Set<Component>] = [:]
  private var processor: Component?
  /// Of several revisions of microcode each.
  private var firmware: [AdvisoryStanding.Firmware: Set<Component>] = [:]
  private let facts: KnownFacts

  init(_ host: HardwareHost) {
    facts = host.facts
    machine = Component(
      "compute host", .device, facts.text("machine.product") ?? "host",
      manufacturer: facts.text("machine.vendor"), properties: ["hostcap:board": facts.text("machine.board")])
    addProcessor()
    addFirmware()
    addSystem()
    for (function, count) in host.functions { add(function, count) }
  }

  /// The firmware whose version told the state; the processor where nothing was compared.
  func concerned(by standing: AdvisoryStanding) -> Set<Component> {
    var found: Set<Component> = []
    for kind in standing.firmware { found.formUnion(firmware[kind] ?? []) }
    if found.isEmpty, let processor { found.insert(processor) }
    return found
  }

  private func add(_ part: Component, _ count: Int = 0, below parent: Component? = nil) {
    parts[part, default: 0] += count
    dependencies[parent ?? machine, default: []].insert(part)
  }

  private func addProcessor() {
    let maker = facts.text("cpu.vendor")
    guard let name = facts.text("cpu.brand") ?? facts.text("cpu.codename") ?? maker else { return }
    let numbers = ["family", "model", "stepping"].compactMap { facts.count("cpu.\($0)") }
    let version = numbers.count == 3 ? numbers.map { String($0) }.joined(separator: "/") : nil
    let processor = Component(
      "processor", .device, name, manufacturer: maker, version: version,
      properties: ["hostcap:codename": facts.text("cpu.codename")])
    add(processor)
    self.processor = processor
    for revision in facts.list("cpu.microcode-revisions") ?? facts.text("cpu.microcode").map({ [$0] }) ?? [] {
      let microcode = Component(
        "microcode", .firmware, "\(name) microcode", manufacturer: maker, version: revision,
        properties: ["hostcap:processor": version])
      add(microcode, below: processor)
      firmware[.microcode, default: []].insert(microcode)
    }
  }

  private func addFirmware() {
    if facts.text("firmware.version") != nil || facts.text("firmware.vendor") != nil {
      add(
        Component(
          "system firmware", .firmware, "BIOS", manufacturer: facts.text("firmware.vendor"),
          version: facts.text("firmware.version"), properties: ["hostcap:date": facts.text("firmware.date")]))
    }
    if let version = facts.text("amd.psp.snp-api") ?? facts.text("amd.psp.sev-api") {
      let reported = facts.list("amd.psp.snp-reported-tcb-components")
      let own = Component(
        "secure processor", .firmware, "AMD SEV firmware", manufacturer: "AMD", version: version,
        properties: [
          "hostcap:tcb:current": facts.list("amd.psp.snp-tcb-components")?.joined(separator: " "),
          "hostcap:tcb:reported": reported?.joined(separator: " "),
        ])
      add(own)
      firmware[.secureProcessor] = [own]
    }
    for (id, name) in [("bootloader", "bootloader"), ("tee", "TEE")] {
      guard let version = facts.text("amd.psp.\(id)-version") else { continue }
      add(
        Component(
          "secure processor \(id)", .firmware, "AMD secure processor \(name)", manufacturer: "AMD",
          version: version))
    }
    if let version = facts.text("intel.tdx.module-version") {
      let module = Component(
        "TDX module", .firmware, "Intel TDX module", manufacturer: "Intel", version: version)
      add(module)
      firmware[.tdxModule] = [module]
    }
  }

  private func addSystem() {
    guard let release = facts.text("kernel.release") else { return }
    add(
      Component(
        "operating system", .operatingSystem, "Linux", version: release,
        properties: ["hostcap:distribution": facts.text("os.name")]))
  }

  /// A driver's own version stands nowhere that is read: the kernel's says which one it came with, or for which it was
  /// built.
  private func add(_ function: HardwareFunction, _ count: Int) {
    let role = DeviceRole(function)
    let device = Component(
      role.word, .device, function.name ?? "\(role.title) \(function.id)", manufacturer: role.maker,
      properties: [
        "hostcap:pci:id": function.id, "hostcap:pci:subsystem": function.subsystem,
        "hostcap:pci:class": role.code,
      ])
    add(device, count)
    guard let name = function.driver else { return }
    add(
      Component(
        "driver", .deviceDriver, name, properties: ["hostcap:kernel": facts.text("kernel.release")]),
      below: device)
  }
}
