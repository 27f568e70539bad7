// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Virtualization

/// The QEMU that libvirt starts guests with. Nothing is executed: libvirt knows its version.
public enum QEMUProbe: Probe {
  public static let id = "qemu"
  public static let summary = "the QEMU that libvirt starts guests with"
  public static let ladders: [Ladder] = []

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    let versions = host.libvirtVersions()
    if let qemu = versions.value?.qemu {
      result.facts.append(Fact("qemu.version", .text("\(qemu)"), citing: [versions.question]))
    }
    let installed = host.isQEMUInstalled()
    if let isThere = installed.value {
      result.facts.append(Fact("qemu.installed", .flag(isThere), citing: [installed.question]))
    }
    return result
  }
}
