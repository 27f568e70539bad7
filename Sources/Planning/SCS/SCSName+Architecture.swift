// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension SCSName {
  /// The processor's maker, generation and speed: `z4h`.
  public struct Architecture: Sendable, Hashable, CustomStringConvertible {
    public var maker: Maker
    /// `nil`: any.
    public var generation: Int?
    /// How often `h` is marked: more than 2.75, 3.25 or 3.75 GHz on all cores. 0: not said.
    public var frequencyMarks: Int

    public init(_ maker: Maker, generation: Int? = nil, frequencyMarks: Int = 0) {
      (self.maker, self.generation, self.frequencyMarks) = (maker, generation, frequencyMarks)
    }

    public var description: String {
      maker.rawValue + (generation.map { "\($0)" } ?? "") + String(repeating: "h", count: frequencyMarks)
    }
  }

  public enum Maker: String, Sendable, CaseIterable {
    case intel = "i"
    case amd = "z"
    case arm = "a"
    case riscV = "r"

    public var isX86: Bool { self == .intel || self == .amd }

    /// 3 of AMD is Milan, 4 Genoa and Bergamo, 5 Turin. Source: scs-0100 v3.3, "Generation and Vendor".
    public var generations: ClosedRange<Int> {
      switch self {
      case .intel, .amd: 0...6
      case .arm: 0...5
      case .riscV: 0...0
      }
    }
  }

  /// Source: scs-0100 v3.3, "Frequency Suffixes".
  static let frequencyMarks = 3
}

extension NameScanner {
  /// `nil`, and no step: something else comes next.
  mutating func architecture() throws(SCSNameError) -> SCSName.Architecture? {
    var ahead = self
    guard let maker = ahead.letter(SCSName.Maker.self) else { return nil }
    let generation = ahead.number()
    let marks = ahead.marks()
    guard ahead.rest.isEmpty else { return nil }
    if let generation, !maker.generations.contains(generation) {
      let range = maker.generations
      throw error("the generations of \(maker.rawValue) are \(range.lowerBound) to \(range.upperBound)")
    }
    guard marks <= SCSName.frequencyMarks else { throw error("h is marked up to three times") }
    self = ahead
    return SCSName.Architecture(maker, generation: generation, frequencyMarks: marks)
  }
}
