// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// Arm's Confidential Compute Architecture. Nothing that user space may read tells whether a host has it, and hostcap says
/// so instead of guessing.
public enum ArmCCAProbe: Probe {
  public static let id = "arm-cca"
  public static let summary = "Arm CCA: what can be told of it, which is little"
  public static let ladders = [
    Ladder(
      "arm.cca", "Arm Confidential Compute Architecture",
      [Environment.rung, .armProcessor, silicon, kernelSupport])
  ]

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    result.facts = facts(host)
    return result
  }

  /// Protected KVM is not CCA: the kernel itself, at EL2, keeps a guest's memory from the host. This is what the command
  /// line asks for; another mode, or none named, makes no fact.
  /// Source: kernel Documentation/admin-guide/kernel-parameters.txt, kvm-arm.mode.
  private static func facts(_ host: any HostSource) -> [Fact] {
    guard host.processorVendor().value == nil, host.processorInfo().value?.fields["CPU implementer"] != nil
    else { return [] }
    let line = host.commandLine()
    guard line.value?.last("kvm_arm.mode") == "protected" else { return [] }
    return [Fact("arm.pkvm", .flag(true), citing: [line.question])]
  }

  static let silicon = Rung(
    "silicon", .cpu, "the processor has the Realm Management Extension",
    specification:
      "Arm ARM (DDI 0487), ID_AA64PFR0_EL1[55:52]; kernel arch/arm64/kernel/cpufeature.c hides it"
  ) { host in
    host.processorInfo().judge("/proc/cpuinfo") { _ in
      .unknown(.rmeNotReadable, "the kernel shows ID_AA64PFR0_EL1 without its field RME", citing: [])
    }
  }

  /// The last mainline kernel whose source was looked through.
  private static let lastWithout = KernelVersion(7, 2)

  static let kernelSupport = Rung(
    "kernel-support", .kernel, "the kernel can host realms",
    specification: "kernel 7.2 arch/arm64/kvm: no Realm Management Interface"
  ) { host in
    host.kernelVersion().judge("kernel release") { version in
      version <= lastWithout
        ? .unknown(
          .kernelWithoutCCA, "kernel \(version): mainline cannot, a patched kernel may", citing: [])
        : .unknown(.kernelWithoutCCA, "kernel \(version): nothing announces it", citing: [])
    }
  }
}
