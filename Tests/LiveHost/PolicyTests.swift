// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import LiveHost
import Testing

/// A host of fixed answers that remembers what it was asked.
private final class AskedHost: HostSource {
  private let answers: [Question: Answer]
  private(set) var asked: [Question] = []

  init(_ answers: [Question: Answer]) { self.answers = answers }

  func ask(_ question: Question) -> Answer {
    asked.append(question)
    return answers[question] ?? .absent
  }
}

@Suite struct PolicyTests {
  private let function = PCIAddress(bus: 0x3b, device: 0, function: 1)
  private var folder: String { "/sys/bus/pci/devices/\(function)" }
  private var waking: [Question] {
    [
      .pciConfig(function), .file("\(folder)/current_link_speed"), .file("\(folder)/current_link_width"),
      .file("\(folder)/max_link_speed"),
    ]
  }

  private func host(_ file: String, _ answer: Answer) -> AskedHost {
    var answers: [Question: Answer] = [.file("\(folder)/\(file)"): answer]
    for question in waking { answers[question] = .bytes([1]) }
    return AskedHost(answers)
  }

  @Test(arguments: [
    ("power/runtime_status", "suspended\n"), ("power/runtime_status", "suspending\n"),
    ("power_state", "D3hot\n"),
    ("power_state", "D3cold\n"),
  ])
  func aSleepingFunctionIsLeftAlone(file: String, word: String) {
    for question in waking {
      let host = host(file, .bytes(Array(word.utf8)))
      guard case .withheld(let why) = Policy(host).ask(question) else {
        Issue.record("\(question)"); continue
      }
      #expect(why.hasPrefix("\(function) is \(word.dropLast())"))
      #expect(host.asked.allSatisfy { $0.hazard == .none })
    }
  }

  @Test(arguments: ["active\n", "resuming\n", "unsupported\n", "error\n"])
  func aFunctionThatIsAwakeIsRead(word: String) {
    for question in waking {
      #expect(Policy(host("power/runtime_status", .bytes(Array(word.utf8)))).ask(question) == .bytes([1]))
    }
  }

  @Test func aHostWithoutPowerManagementIsRead() {
    let plain = host("power/runtime_status", .absent)
    #expect(Policy(plain).ask(.pciConfig(function)) == .bytes([1]))
    let copy = host("power/runtime_status", .withheld("not in this copy"))
    #expect(Policy(copy).ask(.pciConfig(function)) == .bytes([1]))
  }

  @Test func whatCannotBeSeenMayBeAsleep() {
    for answer in [Answer.denied, .failed(code: 5, "")] {
      let host = host("power/runtime_status", answer)
      #expect(
        Policy(host).ask(.pciConfig(function)) == .withheld("whether \(function) is suspended cannot be seen")
      )
      #expect(!host.asked.contains(.pciConfig(function)))
    }
  }

  @Test func theOperatorMayAllowIt() {
    let host = host("power/runtime_status", .bytes(Array("suspended\n".utf8)))
    #expect(Policy(host, wake: true).ask(.pciConfig(function)) == .bytes([1]))
    #expect(host.asked == [.pciConfig(function)])
  }

  @Test func otherQuestionsPassUntouched() {
    let host = AskedHost([.clock: .bytes([1])])
    #expect(Policy(host).ask(.clock) == .bytes([1]))
    #expect(Policy(host).ask(.libvirt(.capabilities)) == .absent)
    #expect(host.asked == [.clock, .libvirt(.capabilities)])
  }

  @Test func libvirtIsLeftAloneWhereItIsLeftOut() {
    let host = AskedHost([.clock: .bytes([1])])
    let policy = Policy(host, libvirt: false)
    #expect(policy.ask(.libvirt(.version)) == .withheld("left out by --skip libvirt"))
    #expect(policy.ask(.clock) == .bytes([1]))
    #expect(host.asked == [.clock])
  }

  /// Listing devices costs the daemon by the function.
  @Test func libvirtsDevicesAreAskedForOnlyWhereTheyAreWanted() {
    let host = AskedHost([.libvirt(.nodeDevices): .bytes([1])])
    #expect(
      Policy(host).ask(.libvirt(.nodeDevices)) == .withheld("asked for only with --libvirt-devices"))
    #expect(host.asked.isEmpty)
    #expect(Policy(host, libvirtDevices: true).ask(.libvirt(.nodeDevices)) == .bytes([1]))
  }
}
