// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

extension HostSource {
  /// One bit of a CPUID leaf as a fact; `nil`: the leaf cannot be read. A leaf the processor does not have holds no
  /// feature.
  public func featureFact(
    _ id: String, leaf: UInt32, bit: Int, of register: (CPUIDRegisters) -> UInt32
  ) -> Fact? {
    let reading = cpuid(leaf)
    if let registers = reading.value {
      return Fact(id, .flag(register(registers).bit(bit)), citing: [reading.question])
    }
    guard reading.isAbsent, cpuid(0).value != nil else { return nil }
    return Fact(id, .flag(false), citing: [reading.question])
  }
}
