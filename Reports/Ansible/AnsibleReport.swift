// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
public import HostModel
internal import Summary

/// A local fact for Ansible, in `/etc/ansible/facts.d/hostcap.fact`: it comes up as `ansible_local.hostcap`.
///
/// JSON of less than 16 KiB, for it travels with the facts of every play. The file must not be executable: Ansible would
/// run it, and the host would fail.
public enum AnsibleReport: Renderer {
  public static let format = "ansible"
  public static let mediaType = "application/json"
  /// Bytes.
  public static let sizeLimit = 16 << 10

  public static func render(_ report: HostReport, into output: inout [UInt8]) {
    HostSummary(report).json(of: report).write(into: &output)
    output.append(UInt8(ascii: "\n"))
  }
}
