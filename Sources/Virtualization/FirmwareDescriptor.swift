// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import FoundationEssentials

/// What a firmware for guests can do and where it lies, as its distributor describes it.
/// Source: QEMU docs/interop/firmware.json.
struct FirmwareDescriptor: Hashable, Sendable, Decodable {
  let features: [String]
  let targets: [Target]
  let mapping: Mapping

  struct Target: Hashable, Sendable, Decodable {
    let architecture: String
    let machines: [String]
  }

  /// With flash the executable is a member of its own, otherwise a file name.
  struct Mapping: Hashable, Sendable, Decodable {
    struct File: Hashable, Sendable, Decodable { let filename: String }
    let executable: File?
    let filename: String?
  }

  /// `nil`: not a descriptor.
  init?(_ bytes: ArraySlice<UInt8>) {
    do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch { return nil }
  }

  /// An absolute path; `nil`: the descriptor names none.
  var executable: String? {
    let path = mapping.executable?.filename ?? mapping.filename
    return path.flatMap { $0.hasPrefix("/") && !$0.hasSuffix("/") ? $0 : nil }
  }

  /// Whether it is for the machine type that confidential guests need; machines are written as `pc-q35-*`.
  var isForQ35: Bool {
    targets.contains { target in
      target.architecture == "x86_64"
        && target.machines.contains { $0 == "*" || $0.hasPrefix("pc-q35") || $0.hasPrefix("q35") }
    }
  }

  func supports(_ guest: ConfidentialGuest) -> Bool {
    isForQ35 && guest.firmwareFeatures.allSatisfy { features.contains($0) }
  }
}
