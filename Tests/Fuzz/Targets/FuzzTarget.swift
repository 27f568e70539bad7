// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One way for bytes of strangers into hostcap, followed as far as a command follows it.
public struct FuzzTarget: Sendable {
  /// Also the folder of its inputs below `Tests/Fuzz/Inputs`.
  public let name: String
  /// Bytes: the longest input that is tried. Longer ones find no other code and cost time.
  public let maximumLength: Int
  public let run: @Sendable ([UInt8]) -> Outcome

  init(_ name: String, upTo maximumLength: Int, _ body: @escaping @Sendable ([UInt8]) throws -> Void) {
    (self.name, self.maximumLength) = (name, maximumLength)
    run = { input in Outcome { try body(input) } }
  }

  /// The importers' targets differ in their inputs: what begins as one format mostly stays it.
  public static let all: [FuzzTarget] = [
    FuzzTarget("tape", upTo: 16_384, TapeTargets.tape),
    FuzzTarget("redaction", upTo: 1024, TapeTargets.redaction),
    FuzzTarget("frame", upTo: 256, TapeTargets.frame),
    FuzzTarget("values", upTo: 128, ValueTargets.values),
    FuzzTarget("import-cpuid", upTo: 4096, ImportTargets.machines),
    FuzzTarget("import-pci", upTo: 8192, ImportTargets.machines),
    FuzzTarget("import-xml", upTo: 4096, ImportTargets.machines),
    FuzzTarget("import-json", upTo: 4096, ImportTargets.machines),
    FuzzTarget("import-text", upTo: 4096, ImportTargets.machines),
    FuzzTarget("import-acpi", upTo: 4096, ImportTargets.machines),
    FuzzTarget("import-tree", upTo: 20_480, ImportTargets.machines),
    FuzzTarget("pci-config", upTo: 8192, HostTargets.configuration),
    FuzzTarget("libvirt", upTo: 8192, HostTargets.libvirt),
    FuzzTarget("report", upTo: 16_384, ReportTargets.report),
    FuzzTarget("admission", upTo: 16_384, ReportTargets.admission),
    FuzzTarget("site", upTo: 2048, DocumentTargets.site),
    FuzzTarget("demand", upTo: 2048, DocumentTargets.demand),
    FuzzTarget("commitments", upTo: 2048, DocumentTargets.commitments),
    FuzzTarget("flavors", upTo: 2048, DocumentTargets.flavors),
    FuzzTarget("envelope", upTo: 4096, SigningTargets.envelope),
    FuzzTarget("statement", upTo: 4096, SigningTargets.statement),
    FuzzTarget("keys", upTo: 1024, SigningTargets.keys),
    FuzzTarget("signable", upTo: 4096, SigningTargets.signable),
  ]
}
