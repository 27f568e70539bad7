// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
internal import HostModel
public import Markup

/// The daemon's version, and QEMU's where it found one.
public struct LibvirtVersions: Hashable, Sendable {
  public let libvirt: ReleaseNumber
  public let qemu: ReleaseNumber?
}

extension HostSource {
  /// One of libvirt's documents, parsed. Unreadable: not well-formed, or its root is another element than `root`.
  public func libvirt(_ document: LibvirtDocument, root: String) -> Reading<XMLElement> {
    let reading: Reading<[UInt8]> = read(.libvirt(document)) { Array($0) }
    return reading.flatMap { bytes in
      do {
        let element = try XMLElement.parse(bytes)
        return element.name == root ? .value(element) : .unreadable("<\(element.name)> instead of <\(root)>")
      } catch {
        return .unreadable("\(error)")
      }
    }
  }

  /// What libvirt can give guests that KVM runs. Unreadable: the document is of emulated guests.
  func domainCapabilities() -> Reading<XMLElement> {
    libvirt(.domainCapabilities, root: "domainCapabilities").flatMap { root in
      guard let type = root.first("domain")?.trimmedText, type != "kvm" else { return .value(root) }
      return .unreadable("capabilities of \(type) guests, not of kvm's")
    }
  }

  public func libvirtVersions() -> Reading<LibvirtVersions> {
    read(.libvirt(.version)) { bytes in
      var numbers: [String: ReleaseNumber] = [:]
      for line in lines(bytes) {
        let words = line.split(separator: 0x20)
        guard words.count == 2, let packed = decimal(words[1]) else { return nil }
        numbers[text(words[0])] = ReleaseNumber(packed: packed)
      }
      return numbers["libvirt"].map { LibvirtVersions(libvirt: $0, qemu: numbers["hypervisor"]) }
    }
  }
}
