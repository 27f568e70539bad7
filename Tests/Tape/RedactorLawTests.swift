// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@testable import Tape

/// What must hold for every host, whatever its answers.
@Suite struct RedactorLawTests {
  private static let secrets = [
    "compute-17", "0123456789abcdef0123456789abcdef", "5b3b4e66-7c9b-4f2a-9b7c-1a2b3c4d5e6f",
    "00:11:22:33:44:55",
    "00-11-22-33-44-55", "001122334455", "525400c0fe123456", "COMPUTE-17",
    "5B3B4E66-7C9B-4F2A-9B7C-1A2B3C4D5E6F",
    "Aa:bB:cc:DD:eE:f0",
  ]
  private static let proseSecrets = ["10.20.30.40", "fe80::dead:beef", "2a01:4f8:1:2:3:4:5:6"]
  private static let serials = ["CZJ12345AB", "WD-WCC4N0123456", "0x5000c500a1b2c3d4"]

  private static let serialFiles = [
    "/sys/class/dmi/id/product_serial", "/sys/class/dmi/id/board_serial", "/sys/class/dmi/id/chassis_serial",
    "/sys/class/dmi/id/chassis_asset_tag", "/sys/class/dmi/id/board_asset_tag",
    "/sys/devices/virtual/dmi/id/product_serial",
    "/sys/class/nvme/nvme0/serial", "/sys/block/sda/device/wwid",
    "/sys/bus/pci/devices/0000:3b:00.0/serial_number",
    "/sys/class/drm/card0/device/unique_id", "/sys/class/net/eth0/phys_switch_id",
    "/sys/class/infiniband/mlx5_0/node_guid",
    "/sys/devices/system/cpu/cpu0/topology/ppin", "/sys/firmware/dmi/tables/DMI",
    "/sys/bus/pci/devices/0000:3b:00.0/vpd",
  ]

  /// A secret between words, in quotation marks, in brackets and in a path.
  private static func planted(_ secrets: [String], _ prefix: String = "") -> String {
    secrets.map { "\(prefix)a \($0) b=\($0), (\($0)) '\($0)' /\($0)/\n" }.joined()
  }

  /// Every kind of question that text answers, with secrets in it.
  private static func host(_ serial: String) -> Tape {
    // Known by their place only, not by their form.
    let formless = [secrets[1], "001122334455", "525400c0fe123456"]
    let formed = secrets.filter { !formless.contains($0) }
    let (name, uuid) = (secrets[0], secrets[2])
    var texts: [(Question, String)] = [
      (
        .file("/proc/cmdline"),
        "root=\(serial) iommu=pt x=\(name) \(serial) pci=10.20.30.40 " + planted(secrets + proseSecrets)
      ),
      (.kernelLog, planted(secrets) + planted(formed + proseSecrets, "[    1.000000] ccp 0000:22:00.1: ")),
      (
        .libvirt(.capabilities),
        "<uuid>\(uuid)</uuid><serial>\(serial)</serial><pdh>\(serial)</pdh>" + planted(formed + proseSecrets)
      ),
      (.libvirt(.domainCapabilities), "<cpu0Id>\(serial)</cpu0Id><hostname>\(name)</hostname>"),
      (.file("/sys/kernel/some/attribute"), planted(formed)),
      (
        .file("/proc/version"),
        planted(formed + proseSecrets) + proseSecrets.map { "at 443:\($0) addr:\($0)\n" }.joined()
      ),
      (.link("/sys/class/net/x"), "../../net/enx001122334455/\(uuid)"),
      (.directory("/sys/class/net"), "enx001122334455\nlo\n\(uuid)\n"),
      (
        .directory("/sys/bus/pci/devices/0000:3b:00.0/infiniband"),
        "ibx525400c0fe123456\nrocex525400c0fe123456\n"
      ),
      (.file("/sys/bus/pci/devices/0000:3b:00.0/net/enx001122334455/phys_switch_id"), "525400c0fe123456\n"),
      (.file("/sys/class/net/enx001122334455/address"), "00:11:22:33:44:55\n"),
      (.file("/sys/class/net/enx001122334455/uevent"), "INTERFACE=enx001122334455\nSERIAL=\(serial)\n"),
      (.file("/sys/class/nvme/nvme0/address"), "traddr=10.20.30.40,trsvcid=4420\n"),
      (.file("/etc/hostname"), name + "\n"),
      (.file("/proc/sysinfo"), "Sequence Code:        \(serial)\nLPAR Name:            \(name)\n"),
      (.file("/sys/class/dmi/id/product_uuid"), uuid + "\n"),
    ]
    texts += serialFiles.map { (.file($0), serial + "\n") }
    var tape = keyedHost()
    for (question, text) in texts { tape[question] = .bytes(Array(text.utf8)) }
    tape[.file("/dev/sev")] = .failed(code: 5, "asked \(name) at 10.20.30.40 (\(secrets[3]))")
    tape[.file("/dev/kvm")] = .withheld("\(uuid) of \(name)")
    return tape
  }

  private static let hosts = serials.map(host)

  private func text(_ tape: Tape) -> String {
    var output: [UInt8] = []
    tape.write(into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: 0..<3)
  func noSecretSurvives(host: Int) {
    let written = text(Self.hosts[host].redacted()).lowercased()
    for secret in Self.secrets + Self.proseSecrets + Self.serials {
      #expect(!written.contains(secret.lowercased()), "\(secret)")
    }
  }

  @Test(arguments: 0..<3)
  func redactingTwiceIsRedactingOnce(host: Int) {
    let once = Self.hosts[host].redacted()
    #expect(text(once.redacted()) == text(once))
    var keyless = Self.hosts[host]
    keyless[.file("/etc/machine-id")] = .denied
    keyless[.file("/sys/class/dmi/id/product_uuid")] = .denied
    let without = keyless.redacted()
    #expect(text(without.redacted()) == text(without))
  }

  @Test func theSameHostHasTheSamePseudonymsAndAnotherHasOthers() {
    let address = Question.file("/sys/class/net/eth0/address")
    func shown(machine: String) -> Answer {
      Redactor(keyedHost([address: .bytes(Array("00:11:22:33:44:55\n".utf8))], machine: machine)).ask(address)
    }
    let first = shown(machine: "0123456789abcdef0123456789abcdef")
    #expect(first == shown(machine: "0123456789abcdef0123456789abcdef"))
    #expect(first != shown(machine: "fedcba9876543210fedcba9876543210"))
  }

  /// The machine-id's own pseudonym is on the tape for all to see; it must not work as the key.
  @Test func aPseudonymIsNoKey() {
    let tape = keyedHost().redacted()
    #expect(redacted(.file("/sys/class/dmi/id/board_serial"), "CZ1234", of: tape) == "redacted")
  }

  @Test func theKeyIsNotRecorded() {
    let recorder = Recorder(Redactor(keyedHost([.clock: .bytes([0x30])])))
    _ = recorder.ask(.clock)
    #expect(Set(recorder.tape.answers.keys) == [.clock])
  }

  @Test(arguments: 0..<20)
  func missingStaysMissingInTheSameWay(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let tape = generator.tape(answers: 40)
    let redactor = Redactor(tape)
    for (question, answer) in tape.answers {
      switch (answer, redactor.ask(question)) {
      case (.bytes, .bytes), (.bytes, .withheld), (.absent, .absent), (.denied, .denied),
        (.withheld, .withheld):
        break
      case (.failed(let code, _), .failed(let same, _)): #expect(code == same)
      default: #expect(Bool(false), "\(question)")
      }
    }
  }

  @Test(arguments: [
    (Question.file("/sys/module/kvm_amd/parameters/sev_snp"), "Y\n"),
    (.file("/proc/sys/kernel/osrelease"), "6.12.107-amd64\n"),
    (
      .file("/sys/bus/pci/devices/0000:3b:00.0/uevent"),
      "DRIVER=mlx5_core\nPCI_CLASS=20000\nPCI_ID=15B3:101D\nPCI_SUBSYS_ID=15B3:0016\nPCI_SLOT_NAME=0000:3b:00.0\nMODALIAS=pci:v000015B3d0000101Dsv\n"
    ),
    (.link("/sys/bus/pci/devices/0000:3b:00.2/physfn"), "../0000:3b:00.0"),
    (.link("/sys/bus/pci/devices/0000:3b:00.2/iommu_group"), "../../../../kernel/iommu_groups/42"),
    (.directory("/sys/kernel/iommu_groups/42/devices"), "0000:3b:00.0\n0000:3b:00.1\n"),
    (.file("/sys/kernel/iommu_groups/42/reserved_regions"), "0x00000000fee00000 0x00000000feefffff msi\n"),
    (
      .file("/sys/bus/pci/devices/0000:3b:00.0/resource"),
      "0x0000380000000000 0x0000380001ffffff 0x000000000014220c\n"
    ),
    (.file("/sys/fs/cgroup/misc.capacity"), "sev 410\nsev_es 99\n"),
    (.file("/sys/devices/system/cpu/online"), "0-127\n"),
    (.file("/sys/class/iommu/ivhd0/amd-iommu/features"), "25bf732fa2295afe:1d\n"),
    (.file("/sys/bus/pci/devices/0000:3b:00.0/net/ens1f0np0/phys_port_name"), "pf0vf1\n"),
    (.directory("/sys/bus/pci/devices/0000:3b:00.0/infiniband"), "mlx5_0\nrocep59s0f0\n"),
    (.privilege, "euid 0\ncap_eff 000001ffffffffff\n"),
    (.file("/proc/cpuinfo"), "flags\t\t: fpu sme sev sev_es sev_snp\nmicrocode\t: 0xa101148\n"),
    (.file("/proc/cmdline"), "kvm_intel.tdx=1 nohibernate nosgx prot_virt=1\n"),
    (.file("/proc/sysinfo"), "Manufacturer:         IBM\nVM00 Control Program: KVM/Linux\n"),
    (.kernelLog, "[    1.000000] virt/tdx: TDX-Module initialized\n"),
    (.file("/sys/devices/faux/tdx_host/version"), "1.5.06\n"),
    (.file("/sys/fs/cgroup/misc.current"), "tdx 2\n"),
    (.file("/sys/bus/pci/drivers/ccp/0000:22:00.1/tsme_status"), "1\n"),
    (.file("/sys/firmware/uv/prot_virt_host"), "1\n"),
    (.clock, "1763819522\n"), (.origin, "live\n"),
  ])
  func whatARungNeedsPassesUnchanged(question: Question, text: String) {
    #expect(redacted(question, text) == text)
  }
}
