// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import FoundationEssentials
import Tape

/// JSON of every kind: told apart by the members of the outermost object.
enum JSONInput {
  @Sendable static func recognises(_ input: Input) -> Bool {
    input.firstByte == UInt8(ascii: "{") || input.firstByte == UInt8(ascii: "[")
  }

  /// The members that tell one document from another; all may be missing.
  private struct Outline: Decodable {
    struct Anything: Decodable {}
    var guest_cpu_config: Anything?
    var cpu, block, topology, gpu, pci, product, network: Anything?
    var `return`: Anything?
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    // A log of QEMU's monitor is many objects one after another, so it is no JSON document.
    if holds("\"execute\"", input) || holds("\"QMP\"", input) || holds("\"return\"", input) {
      throw Format.nothingToJudge(input, "QEMU monitor JSON")
    }
    let outline = try decode(Outline.self, input)
    if outline.guest_cpu_config != nil { return try FirecrackerFingerprint.read(input) }
    if outline.cpu != nil { return try GhwMachine.read(input) }
    let others = [
      outline.block, outline.topology, outline.gpu, outline.pci, outline.product, outline.network,
    ]
    guard others.allSatisfy({ $0 == nil }) else { throw Format.nothingToJudge(input, "ghw JSON") }
    throw input.error("JSON, but of no kind hostcap knows")
  }

  static func decode<Document: Decodable>(_ type: Document.Type, _ input: Input) throws(InputError)
    -> Document
  {
    do { return try JSONDecoder().decode(type, from: Data(input.bytes)) } catch {
      throw input.error("not JSON, or not of the form its members promise")
    }
  }

  private static func holds(_ word: String, _ input: Input) -> Bool {
    String(decoding: input.bytes.prefix(512), as: UTF8.self).contains(word)
  }
}
