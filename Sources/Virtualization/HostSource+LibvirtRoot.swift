// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension HostSource {
  /// Where the paths of libvirt's daemon begin: the empty string for the host's own root, `/proc/PID/root` where the
  /// daemon lives in a container.
  ///
  /// Errors: only root may see which it is. A daemon that answers and leaves no trace here runs who knows where.
  func libvirtRoot() -> Reading<String> {
    var leftover: Reading<String>?
    for file in Self.daemonFiles {
      let pid = read(.file(file), as: decimal)
      if pid.isAbsent { continue }
      guard let number = pid.value else { return pid.map { _ in "" } }
      let name = read(.file("/proc/\(number)/comm")) { $0.isEmpty ? nil : text($0) }
      if let word = name.value, Self.daemons.contains(word) { return root(of: number) }
      guard name.value != nil || name.isAbsent else { return name }
      leftover = leftover ?? Reading(pid.question, .unreadable("process \(number) is no libvirt daemon here"))
    }
    return leftover ?? rootWithoutDaemon()
  }

  private func root(of pid: UInt64) -> Reading<String> {
    linkName("/proc/1/ns/mnt").flatMap { host in
      linkName("/proc/\(pid)/ns/mnt").flatMap { daemon in
        .value(host == daemon ? "" : "/proc/\(pid)/root")
      }.outcome
    }
  }

  /// Where nobody listens, whoever will is the host's.
  private func rootWithoutDaemon() -> Reading<String> {
    let version = Question.libvirt(.version)
    if libvirtSilence(.version)?.reason == .libvirtNotRunning { return Reading(version, .value("")) }
    return Reading(version, .withheld("where libvirt's daemon runs cannot be seen"))
  }

  private static var daemons: [String] { ["virtqemud", "libvirtd"] }
  /// Source: libvirt src/remote/remote_daemon.c and src/util/virpidfile.c: RUNSTATEDIR/NAME.pid.
  private static var daemonFiles: [String] {
    ["/run", "/var/run"].flatMap { folder in daemons.map { "\(folder)/\($0).pid" } }
  }
}
