// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Markup
import Tape

/// libvirt's own documents about a host: handed on as libvirt's answers, for the libvirt probe to read.
enum LibvirtDocuments {
  static func read(_ document: LibvirtDocument, _ input: Input) -> [ImportedMachine] {
    var tape = Tape.origin(.document)
    tape[.libvirt(document)] = .bytes(XMLElement.repairedUTF8(input.bytes))
    return input.machine("libvirt \(document.rawValue) XML", tape)
  }
}
