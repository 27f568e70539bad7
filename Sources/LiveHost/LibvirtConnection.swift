// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// Asks libvirt. Blocks as long as it does: in a helper process only.
enum LibvirtConnection {
  static let systemURI = "qemu:///system"

  #if arch(x86_64)
    /// The machine type that confidential guests need.
    private static let machine: String? = "q35"
  #else
    private static let machine: String? = nil
  #endif

  static func ask(_ document: LibvirtDocument, uri: String, library: String = CHOST_LIBVIRT) -> Answer {
    var xml: UnsafeMutablePointer<CChar>?
    var why: UnsafeMutablePointer<CChar>?
    // Safe: both are the call's own allocations or NULL, and are freed once, after the copies.
    defer {
      unsafe free(xml)
      unsafe free(why)
    }
    let which = document == .capabilities ? CHOST_LIBVIRT_CAPABILITIES : CHOST_LIBVIRT_DOMAIN_CAPABILITIES
    // Safe: the strings and the results outlive the call.
    let status = unsafe chost_libvirt_xml(library, which, uri, machine, &xml, &why)
    if status == 0, let xml = unsafe xml {
      // Safe: libvirt ends its strings with NUL, and so does the message below.
      return .bytes(unsafe Array(UnsafeRawBufferPointer(start: xml, count: strlen(xml))))
    }
    let words = unsafe why.map { unsafe String(cString: $0) }
    switch (-status, words) {
    case (ENOENT, nil): return .withheld("\(library) is not installed")
    case (ENOSYS, nil): return .withheld("\(library) is too old")
    case (EACCES, _), (EPERM, _): return .denied
    // Not `.absent`, whatever the errno: that no daemon listens says nothing about what it could run.
    case (let code, let words): return .failed(code: code, words ?? "libvirt gave no reason")
    }
  }
}
