// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A libvirt daemon of a test's own, in a mount namespace that nobody else sees, and gone with the test.
final class PrivateLibvirt {
  let pid: pid_t
  private let folder: TemporaryFolder

  var uri: String { "qemu+unix:///system?socket=\(socket)" }
  private var socket: String { "\(folder.path)/run/libvirt/libvirt-sock" }

  /// Fresh folders for its state, and the account that Debian's libvirt wants and a bare installation lacks.
  private static let script = """
    set -e
    mkdir "${0%/*}/run"
    mount --bind "${0%/*}/run" /run
    for folder in /var/lib /var/cache; do mount -t tmpfs none $folder; done
    mkdir -p /run/libvirt /run/lock /var/lib/libvirt /var/cache/libvirt
    for file in passwd group; do cp /etc/$file /run/$file; done
    grep -q ^libvirt-qemu: /run/passwd || echo libvirt-qemu:x:64055:64055::/:/bin/false >> /run/passwd
    grep -q ^libvirt-qemu: /run/group || echo libvirt-qemu:x:64055: >> /run/group
    for file in passwd group; do mount --bind /run/$file /etc/$file; done
    exec /usr/sbin/libvirtd --pid-file /run/libvirtd.pid

    """

  /// `nil`: it cannot run here, and why is printed.
  init?() {
    guard getuid() == 0, unsafe access("/usr/sbin/libvirtd", X_OK) == 0 else {
      skip("libvirtd is not installed, or we are not root")
      return nil
    }
    folder = TemporaryFolder()
    folder.put("start.sh", Self.script)
    let start =
      "setsid unshare -m --propagation private sh '\(folder.path)/start.sh' </dev/null >/dev/null 2>&1 & echo $!"
    guard let pid = pid_t(shell(start).output.dropLast()) else {
      skip("no process for libvirtd")
      return nil
    }
    self.pid = pid
    for _ in 0..<200 where unsafe access(socket, F_OK) != 0 { usleep(50_000) }
    guard unsafe access(socket, F_OK) == 0 else {
      skip("libvirtd does not start here")
      return nil
    }
  }

  deinit {
    kill(pid, SIGCONT)
    kill(pid, SIGTERM)
    for _ in 0..<100 where kill(pid, 0) == 0 { usleep(50_000) }
    kill(pid, SIGKILL)
  }
}
