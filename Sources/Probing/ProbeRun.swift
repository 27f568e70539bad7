// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
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
  /// `nil`: `qemu:///system`.
  public var libvirtURI: String?

  public init() {}

  /// Throws for a root that is not a folder and for a probe id that does not exist.
  public func run() throws(InputError) -> (report: HostReport, tape: Tape) {
    throw InputError(root ?? "/", "not read")
  }
}
