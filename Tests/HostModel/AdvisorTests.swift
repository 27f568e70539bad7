// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@testable import HostModel

@Suite struct AdvisorTests {
  static func advisor(_ facts: [String: String]) -> Advisor {
    Advisor(facts.map { Fact($0.key, .text($0.value), citing: []) })
  }

  // MARK: BIOS menus

  @Test func everyMenuIsForAReasonThatTheBIOSClears() {
    for id in BIOSMenus.reasonIDs {
      #expect(Reason.all.first { $0.id == id }?.fixKind == .bios, "\(id)")
    }
  }

  /// DMI strings as the makers write them; a board alone has only its BIOS's maker.
  @Test(arguments: [
    ("Dell Inc.", "Dell Inc.", BIOSMaker.dell), ("HPE", "HPE", .hpe),
    ("Hewlett Packard Enterprise", "HPE", .hpe),
    ("Supermicro", "American Megatrends Inc.", .supermicro),
  ]) func makersAreKnownByTheirName(_ vendor: String, _ firmware: String, _ maker: BIOSMaker) {
    #expect(BIOSMaker(vendor: vendor, firmwareVendor: firmware) == maker)
  }

  @Test func anotherMakersMenusAreNotGuessed() {
    #expect(BIOSMaker(vendor: "Lenovo", firmwareVendor: "Lenovo") == nil)
    #expect(BIOSMaker(vendor: nil, firmwareVendor: nil) == nil)
    let lenovo = Self.advisor(["machine.vendor": "Lenovo"])
    #expect(lenovo.remedy(for: .smeeOff).fix == Reason.smeeOff.fix)
  }

  @Test func aKnownMakersMenuIsNamed() {
    let dell = Self.advisor(["machine.vendor": "Dell Inc."]).remedy(for: .smeeOff)
    #expect(
      dell.fix == "BIOS (Dell): Processor Settings -> Secure Memory Encryption: Enabled [Sme]")
    #expect(dell.fixKind == .bios)
    #expect(dell.check == Reason.smeeOff.check)
  }

  // MARK: the kernel's command line

  @Test func everyEditIsForAReason() {
    for id in CommandLineEdit.reasonIDs { #expect(Reason.all.contains { $0.id == id }, "\(id)") }
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let reason: Reason
    let before: String
    /// `nil`: nothing on the line is to blame.
    let after: String?
    var testDescription: String { "\(reason.id): \(before)" }
    init(_ reason: Reason, _ before: String, _ after: String?) {
      (self.reason, self.before, self.after) = (reason, before, after)
    }
  }

  static let rows: [Row] = [
    Row(.iommuPassthrough, "ro iommu=pt quiet", "ro quiet"),
    Row(.iommuPassthrough, "ro iommu=force,pt quiet", "ro iommu=force quiet"),
    Row(.iommuPassthrough, "ro iommu.passthrough=1 iommu=pt", "ro"),
    // The kernel's own default: a word has to come.
    Row(.iommuPassthrough, "ro quiet", "ro quiet iommu.passthrough=0"),
    Row(.iommuPassthrough, "ro -- single", "ro iommu.passthrough=0 -- single"),
    Row(.iommuCommandLineOff, "amd_iommu=off ro", "ro"),
    Row(.iommuCommandLineOff, "ro", nil),
    Row(.iommuV2PageTable, "amd_iommu=pgtbl_v2,fullflush", "amd_iommu=fullflush"),
    Row(.cpusOffline, "nosmt=force maxcpus=8 ro", "ro"),
    // Offline since boot, or by hand: the line is not to blame.
    Row(.cpusOffline, "ro", nil),
    Row(.featureCleared, "clearcpuid=sev_snp,514 ro", "clearcpuid=514 ro"),
    Row(.featureCleared, "clearcpuid=609 ro", "ro"),
    Row(.kvmParameterOff, "kvm-amd.sev_snp=0 ro", "ro"),
    Row(.kvmParameterOff, "kvm_amd.sev_snp=1 ro", nil),
    Row(.kvmNPTOff, "kvm_amd.npt=N ro", "ro"),
    Row(.kvmMMIOCachingOff, "kvm.mmio_caching=0", ""),
    Row(.protVirtNotAsked, "ro prot_virt=0", "ro prot_virt=1"),
    Row(.protVirtNotAsked, "ro", "ro prot_virt=1"),
    Row(.iommuNotEnabledByKernel, "intel_iommu=off ro", "ro intel_iommu=on"),
    Row(.tdxHostOff, "ro nohibernate", nil),
    Row(.isolationOverridden, "pci=noaer,disable_acs_redir=0000:00:01.0", "pci=noaer"),
    // A word of the same beginning is another word.
    Row(.iommuPassthrough, "iommu_pt=1 myiommu=pt", "iommu_pt=1 myiommu=pt iommu.passthrough=0"),
  ]

  @Test(arguments: rows) func theLineAfterwardsIsPrinted(_ row: Row) {
    let remedy = Self.advisor(["kernel.command-line": row.before]).remedy(for: row.reason)
    #expect(remedy.commandLine == row.after)
    if row.after != nil {
      #expect(remedy.fixKind == .reboot)
      #expect(remedy.check == "cat /proc/cmdline")
    } else {
      #expect(remedy.fix == row.reason.fix)
    }
  }

  /// Doing what it says leaves nothing to do, and touches no other word.
  @Test(arguments: rows) func oneEditIsEnough(_ row: Row) throws {
    let edit = try #require(CommandLineEdit.of(row.reason))
    guard let outcome = edit.applied(to: row.before) else { return }
    let words = Set(row.before.split(separator: " ").map { $0.split(separator: "=")[0] })
    for word in outcome.line.split(separator: " ") where word != outcome.added.map({ $0[...] }) {
      #expect(words.contains(word.split(separator: "=")[0]))
    }
    let again = edit.applied(to: outcome.line)
    #expect(again == nil || again?.removed.isEmpty == true)
  }

  @Test func eachDistributionHasItsWay() {
    let line = ["kernel.command-line": "ro iommu=pt quiet"]
    func fix(_ system: String) -> String {
      Self.advisor(line.merging(["os.name": system]) { $1 }).remedy(for: .iommuPassthrough).fix
    }
    #expect(
      fix("Ubuntu 24.04.2 LTS")
        == "remove iommu=pt on the kernel command line (in GRUB_CMDLINE_LINUX of /etc/default/grub, then update-grub)"
    )
    #expect(
      fix("Rocky Linux 9.4 (Blue Onyx)")
        == "remove iommu=pt on the kernel command line (grubby --update-kernel=ALL --remove-args=\"iommu=pt\")"
    )
    #expect(fix("Gentoo Linux") == "remove iommu=pt on the kernel command line")
  }

  // MARK: what must never be advised

  /// Over every reason, every maker and lines full of traps: no fix puts a harmful word on the line.
  @Test func noAdviceBreaksWhatItMends() {
    let lines = ["", "ro", "iommu=pt mem_encrypt=off kvm_amd.sev=0 amd_iommu=off nosmt prot_virt=0"]
    for vendor in ["Dell Inc.", "HPE", "Supermicro", "Lenovo"] {
      for line in lines {
        for code in ["Milan", "Genoa", "Turin"] {
          let advisor = Self.advisor([
            "machine.vendor": vendor, "kernel.command-line": line, "cpu.codename": code,
            "os.name": "Debian GNU/Linux 13 (trixie)",
          ])
          for reason in Reason.all {
            let remedy = advisor.remedy(for: reason)
            let added = Set((remedy.commandLine ?? "").split(separator: " "))
              .subtracting(line.split(separator: " "))
            for harm in ["iommu=pt", "iommu.passthrough=1", "mem_encrypt=on", "amd_iommu=on"] {
              #expect(!added.contains(Substring(harm)), "\(reason.id): \(remedy.commandLine ?? "")")
              #expect(!remedy.fix.contains("add \(harm)"), "\(reason.id): \(remedy.fix)")
            }
            #expect(!remedy.fix.isEmpty && !remedy.check.isEmpty)
          }
        }
      }
    }
  }

  // MARK: firmware of the secure processor

  @Test(arguments: [
    ("Genoa", nil, "update the BIOS: Genoa takes the secure processor's firmware from nowhere else"),
    (
      "Milan", nil,
      "put AMD's current amd_sev_fam19h_model0xh.sbin into /lib/firmware/amd and reboot; that wants a PSP bootloader 00.13.00.70 or later"
    ),
    (
      "Milan", "00.13.00.6f",
      "update the BIOS: PSP bootloader 00.13.00.6f is older than 00.13.00.70, which current firmware wants"
    ),
    (
      "Milan", "00.13.00.70",
      "put AMD's current amd_sev_fam19h_model0xh.sbin into /lib/firmware/amd and reboot (PSP bootloader 00.13.00.70 is recent enough)"
    ),
  ]) func firmwareComesByGeneration(_ codename: String, _ bootloader: String?, _ fix: String) {
    var facts = ["cpu.codename": codename]
    facts["amd.psp.bootloader-version"] = bootloader
    #expect(Self.advisor(facts).remedy(for: .pspFirmwareTooOld).fix == fix)
  }

  @Test func versionsAreComparedNumberByNumber() throws {
    #expect(FirmwareVersion(1, 6) < FirmwareVersion(1, 55))
    #expect(FirmwareVersion(1, 55) == FirmwareVersion(1, 55, 0))
    #expect(
      try #require(FirmwareVersion("00.13.00.70", radix: 16)) == FirmwareVersion(0, 0x13, 0, 0x70))
    for text in ["", ".", "1.", "1.x", "1..2", "99999999999", "1.2.3.4.5.6.7.8.9"] {
      #expect(FirmwareVersion(text) == nil, "\(text)")
    }
  }
}
