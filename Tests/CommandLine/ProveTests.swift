// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import Tape
import Testing

/// From a worker node to the fleet's count.
@Suite struct ProveTests {
  let folder: TemporaryFolder
  let worker: String

  init() throws {
    folder = try TemporaryFolder()
    worker = try folder.write(Machines.bytes(Machines.worker), "worker.tape")
  }

  private func prove(_ more: String..., class name: String = "Example Rack 1, Milan") throws -> Program.Result
  {
    try Program.hostcap.run(["prove", "--provider", "acme", "--class", name] + more)
  }

  private func tape(_ changes: [Question: Answer], _ name: String = "other.tape") throws -> String {
    var tape = Machines.worker
    for (question, answer) in changes { tape[question] = answer }
    return try folder.write(Machines.bytes(tape), name)
  }

  @Test func aWorkerProvesWhatItIs() throws {
    let result = try prove(worker)
    #expect(result.status == 0)
    #expect(
      result.text == """
        {"capability":"amd.sev-snp","class":"Example Rack 1, Milan","means":"hostcap 0.1.0 inside a guest, no attestation: \
        Fn8000_001F_EAX[1] (SEV) = 1; SEV_STATUS[2] (SEV-SNP) = 1; a sev-guest device; /dev/sev-guest",\
        "proofVersion":"1.0.0","provenAt":"2026-11-25T09:46:40Z","provider":"acme"}

        """)
    #expect(
      result.complaint == """
        hostcap: \(worker): guest.gpu: ready, but a fleet counts no proofs of it
        hostcap: \(worker): guest.sriov-vf: ready, but a fleet counts no proofs of it

        """)
    #expect(try prove(worker, worker).output == result.output)
  }

  @Test func theFleetCountsTheProofAndNotTheWorker() throws {
    let db = folder.file("db").path
    let host = folder.file("reports/acme/r1/n1.json")
    try FileManager.default.createDirectory(
      at: host.deletingLastPathComponent(), withIntermediateDirectories: true)
    let path = PlanTests.tapes.appending(path: "libvirt-snp-firmware.jsonl").path
    try Data(try Program.hostcap.run(["judge", path, "--format", "json"]).output).write(to: host)
    let report = try Program.hostcap.run(["judge", worker, "--format", "json"])
    #expect(report.text.contains("guest.amd.sev-snp"))
    try Data(report.output).write(to: folder.file("reports/acme/r1/w1.json"))
    func fleet(_ words: String...) throws -> Program.Result { try Program.hostcap.run(["fleet"] + words) }
    func asked(_ question: String) throws -> Program.Result {
      try fleet(question, "--db", db, "--at", "2026-11-26T12:00:00Z", "--format", "csv")
    }
    let reports = folder.file("reports").path
    #expect(
      try fleet("ingest", reports, "--db", db, "--now", "2026-11-26T12:00:00Z").text
        == "2 reports taken, 0 there already, 0 refused\n")
    let classes = try fleet(
      "query", "provider_classes", "--db", db, "--at", "2026-11-26T12:00:00Z", "--provider", "acme",
      "--format",
      "json")
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(classes.output)) as? [String: Any])
    let names = (answer["rows"] as? [[String: Any]])?.compactMap { $0["class"] as? String } ?? []
    let name = try #require(names.first { $0.contains("QEMU") || !$0.contains("Rack 1") })
    let before = try asked("summary").text
    #expect(before.contains("\r\namd.sev-snp,2,0,1,1,0,0,0,1\r\n"), "\(before)")
    #expect(!before.contains("guest."))
    let proof = try folder.write(try prove(worker, class: name).output, "proof.ndjson")
    let taken = try fleet("ingest", proof, "--db", db, "--now", "2026-11-26T12:00:00Z")
    #expect(taken.status == 0 && taken.complaint == "")
    #expect(try asked("summary").text.contains("\r\namd.sev-snp,2,1,1,1,0,0,0,1\r\n"))
    let matrix = try fleet("query", "matrix", "--db", db, "--at", "2026-11-26T12:00:00Z", "--format", "csv")
    #expect(matrix.text.contains("\r\nacme,amd.sev-snp,2,1,"), "\(matrix.text)")
    #expect(!matrix.text.contains("guest."))
  }

  @Test func whatIsRequiredAndNotProvenExitsOne() throws {
    #expect(try prove(worker, "--require", "guest.amd.sev-snp").status == 0)
    for (id, why) in [
      ("guest.intel.tdx", "absent: the processor is AuthenticAMD"),
      ("guest.gpu", "ready, but a fleet counts no proofs of it"),
      ("guest.amd.sev", "ready, but this is a guest.amd.sev-snp guest and no proof of a weaker kind"),
    ] {
      let result = try prove(worker, "--require", id)
      #expect(result.status == 1)
      #expect(result.complaint.contains("hostcap: \(worker): \(id): \(why)\n"), "\(result.complaint)")
    }
  }

  static let silent: [(String, [Question: Answer])] = [
    (
      "this is a machine, and only a guest proves what its host can do",
      [.cpuid(leaf: 1): Machines.registers(0x00a0_0f11)]
    ),
    (
      "whether this is a guest is not known: whether this is a guest cannot be seen",
      [.cpuid(leaf: 1): .denied, .file("/proc/cpuinfo"): .denied]
    ),
    ("it does not say when it was observed, and a proof ages", [.clock: .absent]),
    ("nothing that a fleet counts is ready", [.cpuid(leaf: 0x8000_001f): Machines.registers(0)]),
  ]

  @Test(arguments: silent) func thereIsNoProof(_ why: String, _ changes: [Question: Answer]) throws {
    let path = try tape(changes)
    let result = try prove(path)
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.complaint.contains("hostcap: \(path): proves nothing: \(why)\n"), "\(result.complaint)")
    #expect(try prove(path, "--require", "guest.amd.sev-snp").status == 1)
  }

  @Test func whatMayBeMoreOrIsDisputedIsNoProof() throws {
    let status = Question.msr(0xc001_0131)
    let es = Machines.words("[    0.27] Memory Encryption Features active: AMD SEV SEV-ES\n")
    let devices = Question.directory("/sys/bus/platform/devices")
    let open = try tape([status: .denied, .kernelLog: es, devices: .denied])
    let result = try prove(open, "--require", "guest.amd.sev-es")
    #expect(result.output.isEmpty)
    #expect(result.complaint.contains("whether this is a guest.amd.sev-snp guest is not known"))
    let disputed = try tape([devices: Machines.words("serial8250\n")])
    let other = try prove(disputed, "--require", "guest.amd.sev-es")
    #expect(other.status == 1 && other.output.isEmpty)
    #expect(other.complaint.contains("guest.snp-active-without-device"))
    let plain = try tape([
      status: .bytes(littleEndianBytes(3 as UInt64)), .kernelLog: es, devices: Machines.words("serial8250\n"),
    ])
    #expect(try prove(plain).text.contains(#"{"capability":"amd.sev-es","#))
  }

  @Test func badInputIsTwoAndWrongUsageSixtyFour() throws {
    #expect(try prove(folder.file("missing").path).status == 2)
    #expect(try Program.hostcap.run(["prove", "--provider", "a b", "--class", "c", worker]).status == 64)
    #expect(try prove(worker, class: "").status == 64)
    #expect(try prove(worker, class: "a\u{7f}").status == 64)
    #expect(try prove(worker, "--require", "amd.sev-snp").status == 64)
  }

  // MARK: the other commands

  @Test func theReportHasASectionOfItsOwn() throws {
    let result = try Program.hostcap.run(["judge", worker])
    #expect(result.text.contains("\nWhat this guest sees of itself, which is no attestation\n"))
    #expect(result.text.contains("\n  ✔ guest.amd.sev-snp  ready    "))
    #expect(result.lines.allSatisfy { $0.unicodeScalars.count <= 80 })
    let machine = try folder.write(Machines.bytes(Machines.host), "host.tape")
    #expect(!(try Program.hostcap.run(["judge", machine, "--format", "json"])).text.contains("\"guest."))
  }

  @Test func checkAndExplainKnowThem() throws {
    func check(_ file: String) throws -> Program.Result {
      try Program.hostcap.run(["check", "--require", "guest.amd.sev-snp", file])
    }
    #expect(try check(worker).text == "holds    guest.amd.sev-snp: ready\n")
    let machine = try folder.write(Machines.bytes(Machines.host), "host.tape")
    #expect(try check(machine).text == "fails    guest.amd.sev-snp: not applicable on a machine\n")
    let denied = try tape([
      .msr(0xc001_0131): .denied, .kernelLog: .denied,
      .directory("/sys/bus/platform/devices"): Machines.words("serial8250\n"),
    ])
    #expect(try check(denied).text == "unknown  guest.amd.sev-snp: SEV_STATUS: permission denied\n")
    let explained = try Program.hostcap.run(["explain", "guest.amd.sev-snp", worker])
    #expect(explained.text.contains("KVM shows a guest what it likes: what it sees is no attestation."))
    #expect(explained.text.contains("SEV_STATUS[2] (SEV-SNP) = 1"))
  }
}
