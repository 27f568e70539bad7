// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// One way in which asking goes wrong.
public enum Fault: Hashable, Sendable {
  /// ENOENT: a statement of the host's, though a wrong one.
  case absent
  /// EACCES.
  case denied
  /// EIO.
  case ioError
  /// A read that blocks for ever, given up at the deadline.
  case timedOut
  /// A read that ends at once.
  case empty
  /// A read that ends too early.
  case truncated(Cut)
  /// Bytes of no documented form, so many.
  case garbage(Garbage, count: Int)
  /// The first answer is the host's own, every later one is this.
  case changing(Later)
  /// In a listing, with nothing behind it: the entry went between two questions.
  case vanishing(entry: String)
  /// A name in a listing that never was there, with nothing behind it.
  case appearing(entry: String)

  public enum Cut: String, Hashable, Sendable, CaseIterable {
    case half
    case oneByteLess
    case oneByte
    /// In the middle of the second line.
    case midLine
  }

  public enum Later: String, Hashable, Sendable, CaseIterable {
    case absent, ioError, garbage
  }

  /// Its kind, to count by.
  public var name: String {
    switch self {
    case .absent: "absent"
    case .denied: "denied"
    case .ioError: "EIO"
    case .timedOut: "timed out"
    case .empty: "empty"
    case .truncated(let cut): "truncated, \(cut.rawValue)"
    case .garbage(let kind, _): "garbage, \(kind.rawValue)"
    case .changing(let later): "changing to \(later.rawValue)"
    case .vanishing: "vanishing entry"
    case .appearing: "appearing entry"
    }
  }

  /// A source can say nothing else than that it has no answer: what is judged on that alone may only become unknown.
  public func isLoss(of question: Question) -> Bool {
    switch self {
    case .denied, .ioError, .timedOut: true
    case .empty: EvidenceLoss.losses(of: question).contains(.bytes([]))
    case .absent, .truncated, .garbage, .changing, .vanishing, .appearing: false
    }
  }

  /// Every fault that the answer to `question` can suffer.
  ///
  /// - Parameters:
  ///   - garbage: bytes of it.
  ///   - entries: how many of a listing's entries vanish, evenly spread; `nil`: all.
  public static func all(
    of question: Question, answered answer: Answer, garbage count: Int, entries most: Int?
  ) -> [Fault] {
    var faults: [Fault] = [.denied, .ioError, .timedOut, .empty]
    faults += Garbage.allCases.map { .garbage($0, count: count) } + Later.allCases.map { .changing($0) }
    guard case .bytes(let bytes) = answer else { return faults }
    // Where nothing was known, the host's word that there is none would be evidence gained.
    faults.append(.absent)
    if bytes.isEmpty { return faults }
    var seen: Set<[UInt8]> = [[], bytes]
    faults += Cut.allCases.filter { seen.insert($0.applied(to: bytes)).inserted }.map { .truncated($0) }
    guard case .directory(let path) = question else { return faults }
    let names = lines(bytes[...]).map { String(decoding: $0, as: UTF8.self) }
    let step = max(1, names.count / max(1, most ?? names.count))
    faults += stride(from: 0, to: names.count, by: step).map { .vanishing(entry: names[$0]) }
    return faults + [.appearing(entry: Self.stranger(in: path))]
  }

  /// A name that could stand in this folder.
  private static func stranger(in path: String) -> String {
    if path.hasSuffix("/devices") && path.contains("pci") || path.contains("iommu_groups/") {
      return "0000:fe:1f.7"
    }
    return path.hasSuffix("iommu_groups") ? "9999" : "stranger0"
  }
}

extension Fault.Cut {
  func applied(to bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .half: return Array(bytes.prefix(bytes.count / 2))
    case .oneByteLess: return Array(bytes.dropLast())
    case .oneByte: return Array(bytes.prefix(1))
    case .midLine:
      guard let first = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return bytes }
      let rest = bytes[(first + 1)...].prefix { $0 != UInt8(ascii: "\n") }
      return rest.count < 2 ? bytes : Array(bytes[...(first + rest.count / 2)])
    }
  }
}
