// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Planning

/// Names with every part by chance.
struct RandomSCSNames: RandomNumberGenerator {
  var state: UInt64

  /// SplitMix64. Source: Steele, Lea, Flood, OOPSLA 2014, figure 16.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func chance() -> Bool { Bool.random(using: &self) }
  mutating func one<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }
  mutating func maybe<Value>(_ values: [Value]) -> Value? { chance() ? one(values) : nil }

  mutating func name() -> SCSName {
    var name = SCSName(
      cpus: number(1...256), cpuType: one(SCSName.CPUType.allCases), ramHalfGiB: number(1...4096))
    (name.isInsecure, name.isWithoutECC, name.isRAMOversubscribed) = (chance(), chance(), chance())
    if chance() {
      let size = chance() ? number(1...9999) : nil
      let count = size == nil ? 1 : number(1...4)
      name.disk = SCSName.Disk(count: count, sizeGB: size, type: maybe(SCSName.DiskType.allCases))
    }
    name.hypervisor = maybe(SCSName.Hypervisor.allCases)
    (name.hasNestedVirtualization, name.hasInfiniBand) = (chance(), chance())
    if let maker = maybe(SCSName.Maker.allCases) {
      let generation = maybe(Array(maker.generations))
      name.architecture = SCSName.Architecture(maker, generation: generation, frequencyMarks: number(0...3))
    }
    if let maker = maybe(SCSName.GPUMaker.allCases) {
      var gpu = SCSName.GPU(isPassthrough: chance(), maker, generation: maybe(maker.generations))
      if chance() {
        (gpu.units, gpu.unitFrequencyMarks) = (number(1...999), number(0...2))
        if chance() { (gpu.memoryGiB, gpu.hasHighBandwidthMemory) = (number(1...288), chance()) }
      }
      name.gpu = gpu
    }
    return name
  }
}
