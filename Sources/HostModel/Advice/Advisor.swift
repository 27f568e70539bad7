// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Words the fix of a reason for one host: by its maker's BIOS menus, its kernel command line, its processor.
///
/// Rests on facts of the report alone, so the same report gives the same advice. What the facts do not hold is worded as for
/// any host.
public struct Advisor: Sendable {
  let maker: BIOSMaker?
  /// As the tape has it: words that identify the machine read `redacted` there.
  let commandLine: String?
  let loader: BootLoader?
  /// The processor's code name, `Milan`.
  let codename: String?
  /// Of the secure processor, `00.13.00.70`, each part hexadecimal.
  /// Source: kernel drivers/crypto/ccp/sp-pci.c, bootloader_version_show().
  let bootloader: FirmwareVersion?

  public init(_ facts: [Fact]) {
    func text(_ id: String) -> String? {
      if case .text(let text) = facts.first(where: { $0.id == id })?.value { text } else { nil }
    }
    maker = BIOSMaker(vendor: text("machine.vendor"), firmwareVendor: text("firmware.vendor"))
    commandLine = text("kernel.command-line")
    loader = text("os.name").flatMap(BootLoader.init)
    codename = text("cpu.codename")
    bootloader = text("amd.psp.bootloader-version").flatMap { FirmwareVersion($0, radix: 16) }
  }

  /// - Parameters:
  ///   - address: the PCI function it is about; `nil` leaves the word ADDRESS for the reader to fill in.
  ///   - citing: what the judgement rests on; a check of "the cited path" takes the first that has a command.
  public func remedy(
    for reason: Reason, at address: PCIAddress? = nil, citing: [Question] = []
  ) -> Remedy {
    var remedy = reason.remedy(at: address, citing: citing)
    if let maker, let path = BIOSMenus.path(to: reason, of: maker) {
      remedy.fix = "BIOS (\(maker.rawValue)): \(path)"
    } else if let words = FirmwareAdvice.words(for: reason, codename: codename, bootloader: bootloader) {
      remedy.fix = words
    } else if let edit = CommandLineEdit.of(reason), let line = commandLine {
      apply(edit, to: line, &remedy)
    }
    return remedy
  }

  /// A word on the command line needs a boot, whatever else could set it.
  private func apply(_ edit: CommandLineEdit, to line: String, _ remedy: inout Remedy) {
    guard let outcome = edit.applied(to: line) else { return }
    var words: [String] = []
    if !outcome.removed.isEmpty { words.append("remove \(outcome.removed.joined(separator: " "))") }
    if let added = outcome.added { words.append("add \(added)") }
    let steps = loader.map { " (\($0.steps(for: outcome)))" } ?? ""
    remedy.fix = "\(words.joined(separator: ", ")) on the kernel command line\(steps)"
    remedy.fixKind = .reboot
    remedy.commandLine = outcome.line
    remedy.check = "cat /proc/cmdline"
  }
}
