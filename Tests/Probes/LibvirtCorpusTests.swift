// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import HostModel
import LawKit
import ProbeAMDSEV
import Testing

/// Domain capabilities that real libvirts gave or that libvirt and KubeVirt test with, each of which lists sev-snp.
@Suite struct LibvirtCorpusTests {
  typealias H = SEVHost

  static let listing = [
    "lab/captures/snp-host.domcapabilities.xml", "corpus/raw/kubevirt/domcapabilities_sevsnp.xml",
    "corpus/raw/libvirt/domaincapsdata/qemu_9.2.0-q35.x86_64+amdsev.xml",
    "corpus/raw/libvirt/domaincapsdata/qemu_9.2.0.x86_64+amdsev.xml",
  ]

  private func document(_ path: String) throws -> Answer? {
    guard SharedMaterial.has(path) else { return nil }
    return .bytes(Array(try Data(contentsOf: URL(filePath: "\(SharedMaterial.folder)/\(path)"))))
  }

  @Test(arguments: listing) func aListedTypeWithKVMOffIsBlockedAndContradicts(_ path: String) throws {
    guard let document = try document(path) else { return }
    let changes = AMDSEVTests.snp([H.domain: document])
    let climb = H.climb("amd.sev-snp", changes)
    #expect(climb.state == .blocked)
    #expect(climb.stopsAt?.rung.id == "kvm-parameter")
    let found = AMDSEVProbe.examine(H.with(changes)).contradictions.map(\.id)
    #expect(found.contains("libvirt.snp-listed-kvm-off"))
    // The same words on a host where KVM has it on.
    #expect(H.climb("amd.sev-snp", [H.domain: document]).state == .ready)
    #expect(EvidenceLoss.violations(on: H.with(changes), probes: [AMDSEVProbe.self]).isEmpty)
  }

  @Test func whatEmulatedGuestsAreOfferedIsNoWordAboutKVM() throws {
    let path = "corpus/raw/libvirt/domaincapsdata/qemu_9.2.0-tcg.x86_64+amdsev.xml"
    guard let document = try document(path) else { return }
    let climb = H.climb("amd.sev-snp", [H.domain: document])
    #expect(climb.steps.first { $0.rung.id == "libvirt" }?.judgement.verdict == .unknown)
    #expect(climb.state == .unknown)
  }
}
