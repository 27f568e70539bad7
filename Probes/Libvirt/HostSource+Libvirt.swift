// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Markup

extension HostSource {
  /// One of libvirt's documents, parsed. Unreadable: not well-formed, or its root is another element than `root`.
  func libvirt(_ document: LibvirtDocument, root: String) -> Reading<XMLElement> {
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
}
