// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// SplitMix64: the same seed gives the same tape on every machine. Source: Steele, Lea, Flood, OOPSLA 2014, figure 16.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  mutating func question() -> Question {
    let cpu = Int.random(in: 0..<8192, using: &self)
    switch UInt8.random(in: 0..<13, using: &self) {
    case 0: return .file(path())
    case 1: return .directory(path())
    case 2: return .link(path())
    case 3:
      return .cpuid(
        leaf: .random(in: 0 ... .max, using: &self), subleaf: .random(in: 0..<64, using: &self), cpu: cpu)
    case 4: return .msr(.random(in: 0 ... .max, using: &self), cpu: cpu)
    case 5:
      return .pciConfig(
        PCIAddress(
          domain: .random(in: 0 ... .max, using: &self), bus: .random(in: 0 ... .max, using: &self),
          device: .random(in: 0..<32, using: &self), function: .random(in: 0..<8, using: &self)))
    case 6: return .ioctl(.kvmCheckExtension(.random(in: 0 ... .max, using: &self)))
    case 7:
      return .ioctl(one(of: [.kvmGetAPIVersion, .sevPlatformStatus, .snpPlatformStatus]))
    case 8: return .libvirt(one(of: LibvirtDocument.allCases))
    case 9: return .kernelLog
    case 10: return .privilege
    case 11: return .clock
    default: return .origin
    }
  }

  mutating func answer() -> Answer {
    switch UInt8.random(in: 0..<8, using: &self) {
    case 0: return .absent
    case 1: return .denied
    case 2: return .withheld(text())
    case 3: return .failed(code: .random(in: .min ... .max, using: &self), text())
    case 4: return .bytes([])
    case 5: return .bytes(Array(text().utf8))
    default:
      return .bytes(
        (0..<Int.random(in: 0..<300, using: &self)).map { _ in .random(in: 0 ... .max, using: &self) })
    }
  }

  mutating func tape(answers: Int) -> Tape {
    var tape = Tape()
    for _ in 0..<answers { tape[question()] = answer() }
    return tape
  }

  private mutating func one<Element>(of all: [Element]) -> Element {
    all[Int.random(in: all.indices, using: &self)]
  }

  private mutating func path() -> String {
    "/" + (0..<Int.random(in: 0..<5, using: &self)).map { _ in text() }.joined(separator: "/")
  }

  private mutating func text() -> String {
    let alphabet: [Character] = [
      "a", "z", "0", ":", "-", "\"", "\\", "\n", "\t", "\u{0}", "\u{1b}", "\u{9b}", "é", "𝄞", " ",
    ]
    return String(
      (0..<Int.random(in: 0..<20, using: &self)).map { _ in one(of: alphabet) })
  }
}
