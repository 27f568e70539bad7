// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Glibc

/// What a process has given up for good, in the words that stand in a report.
package enum Confinement: String, Sendable {
  /// No program that it starts can have more privilege.
  case noNewPrivileges = "no_new_privs"
  /// All but those in `Capability.prober`.
  case capabilities
  /// Writing and running files, by name; needs Landlock in the kernel (5.13).
  case landlock
  /// System calls that are not in `SystemCall.prober`.
  case seccomp

  /// For the process that reads the host. Returns what holds: a kernel may have less.
  static func confineProber() -> [Confinement] {
    // Loading maps code, which the filter will not have.
    // Safe: a literal.
    unsafe chost_keep_library(CHOST_LIBPCI)
    var given: [Confinement] = []
    if chost_no_new_privileges() == 0 { given.append(.noNewPrivileges) }
    if chost_keep_capabilities(Capability.set(Capability.prober)) == 0 { given.append(.capabilities) }
    if chost_landlock(nil, 0, 0) == 0 { given.append(.landlock) }
    let calls = SystemCall.prober + (given.contains(.landlock) ? SystemCall.fencedByLandlock : [])
    if SystemCall.install(calls) { given.append(.seccomp) }
    return given
  }

  /// For the process that asks libvirt or the secure processor.
  package static func confineHelper() {
    // Safe: a literal.
    unsafe chost_keep_library(CHOST_LIBVIRT)
    _ = chost_no_new_privileges()
    _ = chost_keep_capabilities(Capability.set(Capability.helper))
    let isFenced = chost_landlock(nil, 0, 0) == 0
    _ = SystemCall.install(
      SystemCall.prober + SystemCall.helper + (isFenced ? SystemCall.fencedByLandlock : []))
  }

  /// For the process that writes the files. It starts helpers, so it keeps the system calls for that.
  static func confineSupervisor(writing places: [String]) {
    _ = chost_no_new_privileges()
    _ = chost_keep_capabilities(Capability.set(Capability.prober + Capability.helper + Capability.supervisor))
    // What cannot be opened cannot be written either, and says so when it is tried.
    let folders = (places + ["/dev/null"]).map { unsafe open($0, Place.pathOnly | O_CLOEXEC) }.filter {
      $0 >= 0
    }
    defer { for folder in folders { close(folder) } }
    // Safe: the array outlives the call.
    _ = unsafe chost_landlock(folders, folders.count, 1)
  }
}
