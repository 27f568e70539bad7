// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Glibc

/// Where the system's libvirt listens: a daemon in a container shares its sockets with the host at one of two places.
enum LibvirtSocket {
  static let folders = ["/run/libvirt", "/var/run/libvirt"]
  /// The QEMU daemon of its own, and the one daemon for all. Source: libvirt docs/daemons.rst.
  private static let daemons = ["virtqemud", "libvirt"]

  /// libvirt's own choice where it can find a socket, and where there is none at all: then its words say so.
  static func uri(for document: LibvirtDocument, in folders: [String] = folders) -> String {
    guard let usual = folders.first, socket(in: usual, for: document) == nil else {
      return LibvirtConnection.systemURI
    }
    let path = folders.dropFirst().lazy.compactMap { socket(in: $0, for: document) }.first
    return path.map { "qemu+unix:///system?socket=\($0)" } ?? LibvirtConnection.systemURI
  }

  private static func socket(in folder: String, for document: LibvirtDocument) -> String? {
    let end = document.wantsReadWrite ? "sock" : "sock-ro"
    return daemons.lazy.map { "\(folder)/\($0)-\(end)" }.first { path in
      // Safe: the string outlives the call.
      unsafe access(path, F_OK) == 0
    }
  }
}
