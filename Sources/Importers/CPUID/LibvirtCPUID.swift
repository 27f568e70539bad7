// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Markup
import Tape

/// `<cpudata arch='x86'>` with a `<cpuid>` a leaf and an `<msr>` a register, as libvirt's test data has it.
enum LibvirtCPUID {
  static let name = "libvirt CPUID XML"

  static func read(_ document: XMLElement, _ input: Input) throws(InputError) -> [ImportedMachine] {
    guard document.attributes["arch"] == "x86" else {
      throw input.error("recognised as \(name), of an architecture without CPUID")
    }
    var dump = CPUIDDump()
    for element in document.children {
      switch element.name {
      case "cpuid":
        guard let leaf = number(element, "eax_in"), let subleaf = number(element, "ecx_in", absent: 0),
          let eax = number(element, "eax"), let ebx = number(element, "ebx"),
          let ecx = number(element, "ecx"),
          let edx = number(element, "edx")
        else { throw input.error("a cpuid element with a broken or missing register") }
        dump.add(leaf, subleaf, cpu: 0, CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx))
      case "msr":
        guard let index = number(element, "index"), let eax = number(element, "eax"),
          let edx = number(element, "edx")
        else { throw input.error("an msr element with a broken or missing register") }
        dump.add(msr: index, UInt64(edx) << 32 | UInt64(eax))
      default: continue
      }
    }
    return try dump.machine(name, input)
  }

  private static func number(_ element: XMLElement, _ name: String, absent: UInt32? = nil) -> UInt32? {
    guard let value = element.attributes[name] else { return absent }
    return hexadecimal(Array(value.utf8)[...]).flatMap { UInt32(exactly: $0) }
  }
}
