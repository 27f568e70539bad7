// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import Evidence
import HostModel

/// What `check --require` demands: `amd.sev-snp`, or `gpu.passthrough>=2`.
struct Requirement: ExpressibleByArgument {
  let text: String
  /// A capability's id, or with `minimum` the id of a count.
  let id: String
  let minimum: UInt64?

  init?(argument: String) {
    text = argument
    guard let sign = argument.firstIndex(of: ">") else {
      (id, minimum) = (argument, nil)
      guard Self.isID(id) else { return nil }
      return
    }
    let rest = argument[sign...]
    guard rest.hasPrefix(">="), let minimum = decimal(Array(rest.dropFirst(2).utf8)[...]) else { return nil }
    (id, self.minimum) = (String(argument[..<sign]), minimum)
    guard Self.isID(id) else { return nil }
  }

  private static func isID(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x61...0x7a, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
  }

  static let capabilities = Catalog.capabilities.map(\.id)
  /// Those that a guest has.
  static let guests = Catalog.guestLadders.map(\.id)
  /// What follows `KIND.passthrough`.
  static let kinds = ["gpu", "vf", "network", "storage", "accelerator", "other"]
  static let freeVFs = "sriov.free-vfs"
  /// GPUs of one model: `gpu.count.nvidia-h200-sxm-141gb`.
  static let model = "gpu.count."
  static let counts = kinds.map { "\($0).passthrough" } + [freeVFs]

  /// Why this can be asked of no host; `nil`: it can.
  var misuse: String? {
    switch (Self.capabilities.contains(id), Self.counts.contains(id), minimum) {
    case (true, _, nil), (false, true, .some): nil
    case (true, _, .some): "\(id) is a capability and takes no number"
    case (false, true, nil): "\(id) is a count: write \(id)>=1"
    case (false, false, nil):
      "no capability \(id); there are \(Self.capabilities.joined(separator: ", "))"
    case (false, false, .some): nil
    }
  }
}
