// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
internal import HostModel

extension HostSource {
  /// Where the paths of libvirt's daemon begin: the empty string for the host's own root, `/proc/PID/root` where the
  /// daemon lives in a container.
  ///
  /// Errors: only root may see which it is. A daemon that answers and leaves no trace here runs who knows where.
  func libvirtRoot() -> Reading<String> {
    var leftover: Reading<String>?
    for file in LibvirtDaemon.pidFiles {
      let pid = read(.file(file), as: decimal)
      if pid.isAbsent { continue }
      guard let number = pid.value else { return pid.map { _ in "" } }
      let name = read(.file("/proc/\(number)/comm")) { $0.isEmpty ? nil : text($0) }
      if let word = name.value, LibvirtDaemon.names.contains(word) { return root(of: number) }
      guard name.value != nil || name.isAbsent else { return name }
      leftover = leftover ?? Reading(pid.question, .unreadable("process \(number) is no libvirt daemon here"))
    }
    return leftover ?? rootWithoutDaemon()
  }

  /// Whether QEMU's data are installed where libvirt's daemon lives: the host's root, or its container's.
  ///
  /// Tells a host without QEMU from one whose libvirt does not answer; which version it is only libvirt says.
  /// Source: QEMU meson.build, qemu_datadir; Red Hat's is qemu-kvm.
  public func isQEMUInstalled() -> Reading<Bool> {
    libvirtRoot().flatMap { root in
      let folders = ["qemu", "qemu-kvm"].map { names(in: "\(root)/usr/share/\($0)") }
      if folders.contains(where: { $0.value != nil }) { return .value(true) }
      return folders.first { !$0.isAbsent }.map { $0.map { _ in true }.outcome } ?? .value(false)
    }
  }

  private func root(of pid: UInt64) -> Reading<String> {
    linkName(LibvirtDaemon.hostNamespace).flatMap { host in
      linkName(LibvirtDaemon.namespace(of: pid)).flatMap { daemon in
        .value(host == daemon ? "" : LibvirtDaemon.root(of: pid))
      }.outcome
    }
  }

  /// Where nobody listens, whoever will is the host's.
  private func rootWithoutDaemon() -> Reading<String> {
    let version = Question.libvirt(.version)
    if libvirtSilence(.version)?.reason == .libvirtNotRunning { return Reading(version, .value("")) }
    return Reading(version, .withheld("where libvirt's daemon runs cannot be seen"))
  }
}
