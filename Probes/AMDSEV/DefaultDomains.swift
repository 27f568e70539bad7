// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The default domains of the host's IOMMU groups, as far as needed to tell translation from passthrough.
struct DefaultDomains: Sendable {
  /// One translated group proves that passthrough is not the default; single devices may be exempt from it.
  let areTranslated: Bool
  /// The type that decided, as the kernel prints it.
  let word: String
  let count: Int
  let citing: [Question]
}

extension HostSource {
  /// Source: kernel Documentation/ABI/testing/sysfs-kernel-iommu_groups, `type`: DMA, DMA-FQ, identity, …
  func defaultDomains() -> Reading<DefaultDomains> {
    let folder = "/sys/kernel/iommu_groups"
    return names(in: folder).flatMap { names in
      let groups = names.compactMap { Int($0) }.sorted()
      guard !groups.isEmpty else { return .unreadable("no IOMMU group") }
      var unread: Reading<DefaultDomains>.Outcome?
      for group in groups {
        let type = read(.file("\(folder)/\(group)/type")) { text($0) }
        switch type.outcome {
        case .value(let word) where word.hasPrefix("DMA"):
          return .value(
            DefaultDomains(areTranslated: true, word: word, count: groups.count, citing: [type.question]))
        case .value("identity"): continue
        case .value(let word): unread = unread ?? .unreadable("group \(group) is of type \(word)")
        default:
          unread = unread ?? type.flatMap { _ in .absent }.outcome
        }
      }
      let first = Question.file("\(folder)/\(groups[0])/type")
      return unread
        ?? .value(
          DefaultDomains(areTranslated: false, word: "identity", count: groups.count, citing: [first]))
    }
  }
}
