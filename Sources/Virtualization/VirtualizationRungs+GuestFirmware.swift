// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension VirtualizationRungs {
  /// libvirt chooses a guest's firmware by its descriptor; one that is there and whose file is there is enough.
  static func guestFirmware(_ guest: ConfidentialGuest) -> Rung {
    let wanted = guest.firmwareFeatures.joined(separator: ", ")
    return Rung(
      "guest-firmware", .guestFirmware, "guest firmware for \(guest.title) is installed",
      specification: "QEMU docs/interop/firmware.json, features \(wanted)"
    ) { host in
      host.firmwareFiles().judge(
        "firmware descriptors",
        absent: .unknown(
          .noFirmwareDescriptors, "no /usr/share/qemu/firmware", citing: [])
      ) { files in
        judge(guest, files, host)
      }
    }
  }

  private static func judge(
    _ guest: ConfidentialGuest, _ files: FirmwareFiles, _ host: any HostSource
  ) -> Judgement {
    var open: Judgement?
    var missing: Judgement?
    for file in files.files {
      let judgement = judge(guest, file, files.root, host)
      switch judgement?.verdict {
      case .pass: return judgement ?? .pass(file.name, citing: [])
      case .unknown: open = open ?? judgement
      case .fail: missing = missing ?? judgement
      default: break
      }
    }
    if files.isCut { open = open ?? .unknown(.sourceUnreadable, "too many firmware descriptors", citing: []) }
    let wanted = guest.firmwareFeatures.joined(separator: " and ")
    return open ?? missing
      ?? .fail(
        .firmwareFeatureMissing, "none of \(files.files.count) firmware descriptors lists \(wanted)",
        citing: files.files.map(\.content.question))
  }

  /// `nil`: a descriptor of something else.
  private static func judge(
    _ guest: ConfidentialGuest, _ file: FirmwareFile, _ root: String, _ host: any HostSource
  ) -> Judgement? {
    guard let content = file.content.value else {
      return file.content.judge(file.name) { _ in .pass("", citing: []) }
    }
    guard let descriptor = content else {
      return .unknown(.firmwareMasked, "\(file.name) is empty", citing: [file.content.question])
    }
    guard descriptor.supports(guest) else { return nil }
    let citing = [file.content.question]
    guard let executable = descriptor.executable, let slash = executable.lastIndex(of: "/") else {
      return .unknown(.sourceUnreadable, "\(file.name) names no file", citing: citing)
    }
    let folder = executable[..<slash].isEmpty ? "/" : "\(executable[..<slash])"
    let absent = Judgement.fail(
      .firmwareExecutableMissing, "\(file.name): \(executable) is not there", citing: citing)
    let name = "\(executable[executable.index(after: slash)...])"
    return host.contains(name, in: root + folder).judge("\(file.name): \(executable)", absent: absent) {
      there in
      there ? .pass("\(file.name): \(executable)", citing: citing) : absent
    }.citing(also: citing)
  }
}
