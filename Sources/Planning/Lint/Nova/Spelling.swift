// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the word that somebody may have meant.
enum Spelling {
  /// The cheapest candidate; `nil`: none is near, or the word has more than 64 letters.
  ///
  /// A letter left out costs 1, one too many or a wrong one 3: who writes `amd-snp` means `amd-sev-snp`, not `amd-sev`.
  static func nearest(to word: some StringProtocol, in candidates: some Sequence<String>) -> String? {
    guard word.count <= 64 else { return nil }
    let limit = max(3, word.count * 2 / 3)
    let near = candidates.lazy.map { ($0, cost(word, $0)) }.filter { $0.1 <= limit }
    return near.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }

  private static func cost(_ word: some StringProtocol, _ candidate: String) -> Int {
    let (word, candidate) = (Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
    var row = Array(0...candidate.count)
    for (i, written) in word.enumerated() {
      var diagonal = row[0]
      row[0] = 3 * (i + 1)
      for (j, meant) in candidate.enumerated() {
        let kept = diagonal + (written == meant ? 0 : 3)
        diagonal = row[j + 1]
        row[j + 1] = min(kept, diagonal + 3, row[j] + 1)
      }
    }
    return row[candidate.count]
  }
}
