// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension HostSource {
  /// Why libvirt gave no document, in words that tell its ways of keeping silent apart; `nil`: it gave one.
  ///
  /// Never a `fail`: that a daemon does not answer says nothing about what it could run.
  func libvirtSilence(_ document: LibvirtDocument) -> Judgement? {
    let question = Question.libvirt(document)
    switch ask(question) {
    case .bytes: return nil
    case .withheld(let why) where why.hasSuffix(LibvirtDocument.libraryMissing):
      return .unknown(.libvirtNotInstalled, "libvirt: \(why)", citing: [question])
    case .withheld(let why):
      return .unknown(.whenWithheld(why), "libvirt: \(why)", citing: [question])
    case .absent: return .unknown(.libvirtNotRunning, "libvirt: not there", citing: [question])
    case .denied: return refused(document)
    case .failed(let code, let words):
      let (reason, what) = Self.failure(code)
      return .unknown(reason, "\(what): \(words)", citing: [question])
    }
  }

  /// Who may only read is let in by the read-only socket, which gives the version.
  private func refused(_ document: LibvirtDocument) -> Judgement {
    let (question, version) = (Question.libvirt(document), Question.libvirt(.version))
    if document.wantsReadWrite, case .bytes = ask(version) {
      return .unknown(
        .libvirtReadOnly, "libvirt lets us read only, and this wants a read-write connection",
        citing: [question, version])
    }
    return .unknown(.sourceDenied, "libvirt: permission denied", citing: [question])
  }

  /// Source: Linux include/uapi/asm-generic/errno.h: 2 ENOENT, 110 ETIMEDOUT, 111 ECONNREFUSED.
  private static func failure(_ code: Int32) -> (Reason, String) {
    switch code {
    case 2, 111: (.libvirtNotRunning, "no libvirt daemon listens")
    case 110: (.libvirtHangs, "libvirt does not reply")
    default: (.libvirtRefuses, "libvirt failed")
    }
  }
}
