// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The records of a store in the order of a tape's lines: by the bytes of the questions' text.
///
/// Nearly all are of a few folders, where the first bytes behind the folder's name tell them apart: those are sorted as
/// numbers, and the texts of tens of thousands of questions are never there.
struct TapeOrder {
  let positions: [UInt64]

  private static let folders = ["/sys/bus/pci/devices/", "/sys/kernel/iommu_groups/"]

  /// All that begin alike, or one other question.
  private struct Group {
    let text: String
    var entries: [Entry]
  }

  private struct Entry {
    /// The first 24 bytes of the rest, the first one highest.
    var key: (UInt64, UInt64, UInt64) = (0, 0, 0)
    let position: UInt64
  }

  init(_ store: AnswerStore) {
    var groups: [Group] = []
    for kind in PackedKey.Kind.allCases {
      groups += Self.folders.map { Group(text: "\(kind.word):\($0)", entries: []) }
    }
    let folders = Self.folders.map { Array($0.utf8) }
    for position in store.positions {
      if let (group, entry) = Self.entry(at: position, store, folders) {
        groups[group].entries.append(entry)
      } else {
        groups.append(
          Group(text: store.question(at: position).description, entries: [Entry(position: position)]))
      }
    }
    groups.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    var positions: [UInt64] = []
    for group in groups {
      positions += group.entries.sorted { Self.precedes($0, $1, store) }.map(\.position)
    }
    self.positions = positions
  }

  /// `nil`: of no folder.
  private static func entry(
    at position: UInt64, _ store: AnswerStore, _ folders: [[UInt8]]
  ) -> (group: Int, entry: Entry)? {
    guard
      let path = PackedPath(
        store.chunks[Int(position >> AnswerStore.placeBits)], at: AnswerStore.place(position)),
      let folder = folders.firstIndex(where: { path.hasPrefix($0) })
    else { return nil }
    let start = folders[folder].count
    let entry = Entry(
      key: (path.number(at: start), path.number(at: start + 8), path.number(at: start + 16)),
      position: position)
    return (Int(path.kind.rawValue) * folders.count + folder, entry)
  }

  private static func precedes(_ a: Entry, _ b: Entry, _ store: AnswerStore) -> Bool {
    if a.key.0 != b.key.0 { return a.key.0 < b.key.0 }
    if a.key.1 != b.key.1 { return a.key.1 < b.key.1 }
    if a.key.2 != b.key.2 { return a.key.2 < b.key.2 }
    let (first, second) = (store.question(at: a.position), store.question(at: b.position))
    return first.description.utf8.lexicographicallyPrecedes(second.description.utf8)
  }
}
