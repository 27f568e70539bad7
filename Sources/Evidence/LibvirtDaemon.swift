// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The processes that answer for libvirt's QEMU driver, and how they are found.
public enum LibvirtDaemon {
  /// As /proc/PID/comm has them. Source: libvirt docs/daemons.rst.
  public static let names = ["virtqemud", "libvirtd"]

  /// Files that hold a daemon's process id.
  /// Source: libvirt src/remote/remote_daemon.c and src/util/virpidfile.c: RUNSTATEDIR/NAME.pid.
  public static let pidFiles = ["/run", "/var/run"].flatMap { folder in names.map { "\(folder)/\($0).pid" } }

  /// The mount namespace of a process, and of the host's first one.
  public static func namespace(of pid: UInt64) -> String { "/proc/\(pid)/ns/mnt" }
  public static let hostNamespace = "/proc/1/ns/mnt"

  /// A process's own root.
  public static func root(of pid: UInt64) -> String { "/proc/\(pid)/root" }
}
