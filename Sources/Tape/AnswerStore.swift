// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Answers by question, packed: a host with thousands of PCI functions gives tens of thousands, most of them short.
///
/// Records lie one behind the other in chunks, which never move; a table of their positions finds them by hash.
struct AnswerStore {
  private(set) var chunks: [PackedChunk] = []
  /// Questions without a path, which need no packing; a record holds the index of its own.
  private var pathless: [Question] = []
  /// Open addressing, in parts by hash, each of which grows alone. 0: free; else the position + 1, and
  /// above it bits of the hash.
  private var parts = Array(repeating: [UInt64](), count: partCount)
  private var counts = Array(repeating: 0, count: partCount)

  private static let partCount = 64
  private static let firstSlots = 64
  /// Of an entry: the position. Above it, the upper bits of the hash.
  private static let positionBits: UInt64 = 40
  private static let positionMask: UInt64 = 1 << positionBits - 1
  /// Of a position: the place in a chunk. Above it, the chunk's index.
  static let placeBits: UInt64 = 18
  private static let placeMask: UInt64 = 1 << placeBits - 1

  /// The answer that is kept; else what `ask` gives, which is kept.
  mutating func answer(to question: Question, else ask: () -> Answer) -> Answer {
    let hash = Self.hash(question)
    if let known = answer(to: question, hash) { return known }
    let answer = ask()
    add(question, answer, hash)
    return answer
  }

  private func answer(to question: Question, _ hash: UInt64) -> Answer? {
    let slots = parts[Self.part(hash)]
    let count = slots.count
    guard count > 0 else { return nil }
    var slot = Self.slot(hash) & (count - 1)
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      let position = entry & Self.positionMask - 1
      if (entry ^ hash) & ~Self.positionMask == 0, holds(question, at: position) {
        return answer(at: position)
      }
      slot = (slot + 1) & (count - 1)
    }
  }

  /// Keeps an answer to a question that has none yet.
  private mutating func add(_ question: Question, _ answer: Answer, _ hash: UInt64) {
    let key = PackedKey(question)
    if key == nil { pathless.append(question) }
    let packed = PackedAnswer(answer)
    let size = PackedChunk.overhead + (key?.path.utf8.count ?? 0) + packed.count
    if chunks.last?.hasRoom(for: size) != true { chunks.append(PackedChunk(holding: size)) }
    let place = chunks[chunks.count - 1].append(key, pathless: pathless.count - 1, packed)
    enter(UInt64(chunks.count - 1) << Self.placeBits + UInt64(place), hash)
  }

  /// Where every record is, in the order in which they were asked.
  var positions: [UInt64] {
    var all: [UInt64] = []
    all.reserveCapacity(counts.reduce(0, +))
    for index in chunks.indices {
      var place = 0
      while place < chunks[index].bytes.count {
        all.append(UInt64(index) << Self.placeBits + UInt64(place))
        place = chunks[index].end(ofRecordAt: place)
      }
    }
    return all
  }

  func question(at position: UInt64) -> Question {
    chunk(position).question(at: Self.place(position)) { pathless[$0] }
  }

  func answer(at position: UInt64) -> Answer { chunk(position).answer(at: Self.place(position)) }

  /// Equal strings need not have equal bytes; few records come so far without being the right one.
  private func holds(_ question: Question, at position: UInt64) -> Bool {
    chunk(position).hasBytes(of: question, at: Self.place(position))
      || self.question(at: position) == question
  }

  func chunk(_ position: UInt64) -> PackedChunk { chunks[Int(position >> Self.placeBits)] }

  /// Three quarters of a part are used at most.
  private mutating func enter(_ position: UInt64, _ hash: UInt64) {
    let part = Self.part(hash)
    counts[part] += 1
    if 4 * counts[part] > 3 * parts[part].count {
      var grown = [UInt64](repeating: 0, count: max(Self.firstSlots, 2 * parts[part].count))
      for entry in parts[part] where entry != 0 { Self.put(entry, into: &grown) }
      parts[part] = grown
    }
    Self.put(hash & ~Self.positionMask + position + 1, into: &parts[part])
  }

  private static func put(_ entry: UInt64, into slots: inout [UInt64]) {
    var slot = slot(entry) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = entry
  }

  private static func hash(_ question: Question) -> UInt64 {
    switch question {
    case .file(let path): hash(path, 1) ?? hashValue(question)
    case .directory(let path): hash(path, 2) ?? hashValue(question)
    case .link(let path): hash(path, 3) ?? hashValue(question)
    default: hashValue(question)
    }
  }

  private static func hashValue(_ question: Question) -> UInt64 {
    UInt64(truncatingIfNeeded: question.hashValue)
  }

  /// Of this process, as Swift's own hashes have it: who writes a tape cannot choose paths that meet.
  private static let seeds = (
    UInt64(truncatingIfNeeded: 1.hashValue), UInt64(truncatingIfNeeded: 2.hashValue) | 1
  )

  /// Of a path in ASCII, eight bytes at a time: every question comes here. `nil`: another path, of which equal ones need not
  /// have equal bytes.
  @_optimize(speed)
  private static func hash(_ path: String, _ kind: UInt64) -> UInt64? {
    let bytes = path.utf8.span
    let (start, factor) = seeds
    var hash = start &+ kind
    var all: UInt8 = 0
    var place = 0
    while place < bytes.count {
      var word: UInt64 = 0
      for index in place..<min(place + 8, bytes.count) {
        word = word << 8 | UInt64(bytes[index])
        all |= bytes[index]
      }
      let product = (hash ^ word).multipliedFullWidth(by: factor)
      hash = product.high ^ product.low
      place += 8
    }
    return all < 0x80 ? hash &* 0x9e37_79b9_7f4a_7c15 : nil
  }

  /// Part and slot come from the bits that an entry keeps, so that growing hashes nothing again.
  private static func part(_ hash: UInt64) -> Int { Int(hash >> positionBits) % partCount }
  private static func slot(_ hash: UInt64) -> Int { Int(hash >> positionBits) / partCount }
  static func place(_ position: UInt64) -> Int { Int(position & placeMask) }
}
