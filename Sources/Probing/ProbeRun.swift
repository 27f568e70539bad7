// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Catalog
internal import Evidence
public import HostModel
internal import LiveHost
public import Tape

/// One look at this host, or at another's mounted root: what both executables do.
public struct ProbeRun: Sendable {
  /// Probe ids; empty: all.
  public var only: [String] = []
  public var skip: [String] = []
  /// Longest a call that may hang is waited for.
  public var deadlineSeconds = 10
  /// A host's root mounted elsewhere, or a captured tree; `nil`: this machine.
  public var root: String?
  /// Whether suspended PCI functions may be woken to be read.
  public var wake = false
  /// Whether to judge as bare metal, whatever the processor says.
  public var assumeBareMetal = false
  /// `nil`: `qemu:///system`, wherever its socket is.
  public var libvirtURI: String?
  /// Whether libvirt is asked for its PCI functions.
  public var libvirtDevices = false
  /// The program that answers what may hang: one that calls `HelperEntry.run`. `nil`: such questions are withheld.
  public var helper: String?

  public init() {}

  /// Throws for a root that is not a folder and for a probe id that does not exist.
  public func run() throws(InputError) -> (report: HostReport, recorder: Recorder) {
    let probes = try selectedProbes()
    // Outermost the recorder: a tape holds what the probes saw, redacted, and what the policy withheld.
    // Other probes' ladders ask libvirt too: who leaves the libvirt probe out wants it left alone.
    let libvirt = !skip.contains("libvirt")
    let policy = Policy(
      Watched.host(try host()), wake: wake, libvirt: libvirt, libvirtDevices: libvirtDevices)
    let recorder = Recorder(Redactor(assumeBareMetal ? Assuming(bareMetal: policy) : policy))
    let report = HostReport(recorder, probes: probes)
    return (report, recorder)
  }

  private func host() throws(InputError) -> any HostSource {
    if let root { return try RootHost(root, deadlineSeconds: deadlineSeconds, helper: helper) }
    return LiveHost(deadlineSeconds: deadlineSeconds, libvirtURI: libvirtURI, helper: helper)
  }

  private func selectedProbes() throws(InputError) -> [any Probe.Type] {
    let known = Catalog.probes.map { $0.id }
    for (option, ids) in [("--only", only), ("--skip", skip)] {
      if let unknown = ids.first(where: { !known.contains($0) }) {
        throw InputError(option, "no probe \(unknown); there are \(known.joined(separator: ", "))")
      }
    }
    return Catalog.probes.filter { (only.isEmpty || only.contains($0.id)) && !skip.contains($0.id) }
  }
}
