// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension SCSName {
  /// A GPU or a part of one: `GNl-142hh-48`.
  public struct GPU: Sendable, Hashable, CustomStringConvertible {
    /// `G`: the whole card; otherwise `g`, a virtual GPU.
    public var isPassthrough: Bool
    public var maker: GPUMaker
    /// As it is written, one of the maker's. `nil`: any.
    public var generation: String?
    /// Streaming multiprocessors, compute units or execution units. `nil`: not said.
    public var units: Int?
    /// How often `h` is marked behind the units. 0: not said.
    public var unitFrequencyMarks = 0
    /// Rounded down. `nil`: not said. It is written behind the units only.
    public var memoryGiB: Int?
    /// `h` behind the memory.
    public var hasHighBandwidthMemory = false

    public init(isPassthrough: Bool = true, _ maker: GPUMaker, generation: String? = nil) {
      (self.isPassthrough, self.maker, self.generation) = (isPassthrough, maker, generation)
    }

    public var description: String {
      let card = (isPassthrough ? "G" : "g") + maker.rawValue + (generation ?? "")
      guard let units else { return card }
      let core = "\(card)-\(units)" + String(repeating: "h", count: unitFrequencyMarks)
      guard let memoryGiB else { return core }
      return "\(core)-\(memoryGiB)" + (hasHighBandwidthMemory ? "h" : "")
    }

    /// Source: scs-0100 v3.3, "GPU support".
    static let unitFrequencyMarks = 2
  }

  public enum GPUMaker: String, Sendable, CaseIterable {
    case nvidia = "N"
    case amd = "A"
    case intel = "I"

    /// Hopper is `g`, for Grace Hopper; `h` is no generation. Source: scs-0100 v3.3, "GPU support".
    public var generations: [String] {
      switch self {
      case .nvidia: ["f", "k", "m", "p", "v", "t", "a", "l", "g", "b", "u"]
      case .amd: ["0.4", "0.5", "1", "1.1", "2", "2.1", "3", "3.1", "3.5", "4", "4.1", "5.1"]
      case .intel: ["0.9", "0.95", "1", "2", "3", "4"]
      }
    }
  }
}

extension NameScanner {
  /// `nil`, and no step: something else comes next.
  mutating func gpu() throws(SCSNameError) -> SCSName.GPU? {
    var ahead = self
    let isPassthrough = ahead.take("G")
    guard isPassthrough || ahead.take("g"), let maker = ahead.letter(SCSName.GPUMaker.self) else {
      return nil
    }
    var gpu = SCSName.GPU(isPassthrough: isPassthrough, maker)
    let generation = String(ahead.rest.prefix { $0 != "-" })
    if !generation.isEmpty {
      guard maker.generations.contains(generation), ahead.take(generation) else {
        let known = maker.generations.joined(separator: " ")
        throw ahead.error("the generations of \(maker.rawValue) are \(known)")
      }
      gpu.generation = generation
    }
    if ahead.take("-") { try ahead.units(of: &gpu) }
    if gpu.units != nil, ahead.take("-") { try ahead.memory(of: &gpu) }
    guard ahead.rest.isEmpty else { throw ahead.error("it stands behind all that a GPU can have") }
    self = ahead
    return gpu
  }

  private mutating func units(of gpu: inout SCSName.GPU) throws(SCSNameError) {
    let first = self
    guard let units = number(), units > 0 else {
      throw first.error("a positive number of the GPU's units is due")
    }
    gpu.units = units
    let start = self
    gpu.unitFrequencyMarks = marks()
    guard gpu.unitFrequencyMarks <= SCSName.GPU.unitFrequencyMarks else {
      throw start.error("h is marked up to twice behind a GPU's units")
    }
  }

  private mutating func memory(of gpu: inout SCSName.GPU) throws(SCSNameError) {
    guard let memory = number(), memory > 0 else {
      throw error("the GPU's memory in GiB is due, and positive")
    }
    gpu.memoryGiB = memory
    gpu.hasHighBandwidthMemory = take("h")
  }
}
