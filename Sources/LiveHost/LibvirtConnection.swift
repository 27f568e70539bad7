// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// Asks libvirt. Blocks as long as it does: in a helper process only.
enum LibvirtConnection {
  static let systemURI = "qemu:///system"

  // The machine type that confidential guests need. The daemon is this host's, and so of the same architecture.
  #if arch(x86_64)
    private static let machine: String? = "q35"
  #elseif arch(s390x)
    private static let machine: String? = "s390-ccw-virtio"
  #else
    private static let machine: String? = nil
  #endif

  static func ask(_ document: LibvirtDocument, uri: String, library: String = CHOST_LIBVIRT) -> Answer {
    var text: UnsafeMutablePointer<CChar>?
    var why: UnsafeMutablePointer<CChar>?
    // Safe: both are the call's own allocations or NULL, and are freed once, after the copies.
    defer {
      unsafe free(text)
      unsafe free(why)
    }
    let which =
      switch document {
      case .capabilities: CHOST_LIBVIRT_CAPABILITIES
      case .domainCapabilities: CHOST_LIBVIRT_DOMAIN_CAPABILITIES
      case .nodeSEVInfo: CHOST_LIBVIRT_NODE_SEV_INFO
      case .nodeDevices: CHOST_LIBVIRT_NODE_DEVICES
      case .version: CHOST_LIBVIRT_VERSION
      }
    // Safe: the strings and the results outlive the call.
    let status = unsafe chost_libvirt_text(library, which, uri, machine, &text, &why)
    if status == 0, let text = unsafe text {
      // Safe: libvirt ends its strings with NUL, and so does the message below.
      return .bytes(unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
    }
    let words = unsafe why.map { unsafe String(cString: $0) }
    switch (-status, words) {
    case (ENOENT, nil): return .withheld("\(library) \(LibvirtDocument.libraryMissing)")
    case (ENOSYS, nil): return .withheld("\(library) is too old")
    case (EACCES, _), (EPERM, _): return .denied
    // Not `.absent`, whatever the errno: that no daemon listens says nothing about what it could run.
    case (let code, let words): return .failed(code: code, words ?? "libvirt gave no reason")
    }
  }
}
