// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
internal import HostModel

/// One descriptor's file; an empty one only hides those of its name in folders of lower rank.
struct FirmwareFile: Sendable {
  let name: String
  /// `nil`: empty.
  let content: Reading<FirmwareDescriptor?>
}

/// The descriptors that a host's libvirt sees.
struct FirmwareFiles: Sendable {
  /// Where libvirt's paths begin.
  let root: String
  /// By name.
  let files: [FirmwareFile]
  /// Whether there were more than are looked at.
  let isCut: Bool
}

extension HostSource {
  /// Descriptors by name, those in /etc hiding their namesakes. Absent: none of the folders is there.
  func firmwareFiles() -> Reading<FirmwareFiles> {
    let place = libvirtRoot()
    guard let root = place.value else { return place.flatMap { _ in .absent } }
    var paths: [String: String] = [:]
    var listings: [Reading<[String]>] = []
    for folder in Self.firmwareFolders {
      let listing = names(in: root + folder)
      guard listing.value != nil || listing.isAbsent else { return listing.flatMap { _ in .absent } }
      for name in listing.value ?? [] where name.hasSuffix(".json") {
        paths[name] = "\(root)\(folder)/\(name)"
      }
      listings.append(listing)
    }
    let cited = Question.directory(root + Self.firmwareFolders[0])
    guard listings.contains(where: { !$0.isAbsent }) else { return Reading(cited, .absent) }
    let sorted = paths.sorted { $0.key < $1.key }
    let files = sorted.prefix(Self.firmwareLimit).map { name, path in
      FirmwareFile(name: name, content: descriptor(path))
    }
    let isCut = sorted.count > Self.firmwareLimit
    return Reading(cited, .value(FirmwareFiles(root: root, files: files, isCut: isCut)))
  }

  /// Every feature that some firmware for x86-64 on q35 has. Unreadable: a descriptor is.
  public func guestFirmwareFeatures() -> Reading<[String]> {
    firmwareFiles().flatMap { files in
      var features: Set<String> = []
      for file in files.files {
        guard let content = file.content.value else { return file.content.map { _ in [String]() }.outcome }
        if let content, content.isForQ35 { features.formUnion(content.features) }
      }
      return files.isCut ? .unreadable("more descriptors than are looked at") : .value(features.sorted())
    }
  }

  private func descriptor(_ path: String) -> Reading<FirmwareDescriptor?> {
    let bytes: Reading<[UInt8]> = read(.file(path)) { Array($0) }
    return bytes.flatMap { bytes in
      if bytes.isEmpty { return .value(nil) }
      return FirmwareDescriptor(bytes[...]).map { .value($0) } ?? .unreadable("not a firmware descriptor")
    }
  }

  /// Lowest rank first. Source: QEMU docs/interop/firmware.json.
  private static var firmwareFolders: [String] { ["/usr/share/qemu/firmware", "/etc/qemu/firmware"] }
  /// Distributions ship some twenty.
  private static var firmwareLimit: Int { 64 }
}
