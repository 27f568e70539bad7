// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A host whose PCI functions are put together once, for all probes of a report.
///
/// Not Sendable: one report, one survey.
public final class PCISurvey: HostSource {
  private let host: any HostSource
  private(set) lazy var functions = host.pciAddresses().map { $0.compactMap(visit) }
  private(set) lazy var whatItIs = host.origin().value
  private var memory = Memory()
  private var group: (number: Int, members: Reading<[String]>)?

  /// What was read of the function that was asked about last: a dozen rungs look at the same few files of it, one after
  /// the other.
  struct Memory {
    fileprivate var address: PCIAddress?
    var event: Reading<PCIEvent>?
    var group: Reading<Int>?
    var resources: Reading<[PCIResource]>?
    var resetMethods: Reading<[String]>?
  }

  /// - Parameter host: one that answers the same question the same way twice.
  public init(_ host: any HostSource) { self.host = host }

  public func ask(_ question: Question) -> Answer { host.ask(question) }

  /// One function. Of a virtual one, of which there are thousands, all that will be asked is asked now, one after the
  /// other, while a live host has its folder open.
  private func visit(_ address: PCIAddress) -> PCIFunction? {
    guard let function = pciFunction(address) else { return nil }
    if function.physicalFunction != nil, isWhole {
      _ = vfioDevices(function)
      var names = ["reset_method"]
      if !isGuest { names += ["resource", "driver_override"] }
      for name in names { _ = ask(PCIDevices.file(address, name)) }
    }
    return function
  }

  private lazy var isGuest = Environment.observe(host).isGuest

  fileprivate func remembered<Value>(
    _ address: PCIAddress, _ get: (Memory) -> Reading<Value>?, _ set: (inout Memory, Reading<Value>) -> Void,
    _ read: () -> Reading<Value>
  ) -> Reading<Value> {
    if memory.address != address { memory = Memory(address: address) }
    if let known = get(memory) { return known }
    let reading = read()
    // Reading may have asked about another.
    if memory.address == address { set(&memory, reading) }
    return reading
  }
}

extension PCISurvey {
  /// The same of the group that was asked about last.
  func members(of number: Int, _ read: () -> Reading<[String]>) -> Reading<[String]> {
    if let group, group.number == number { return group.members }
    let members = read()
    group = (number, members)
    return members
  }
}

extension HostSource {
  /// What `read` gives; in a survey once for each function, as long as no other is asked about.
  func surveyed<Value>(
    _ address: PCIAddress, _ get: (PCISurvey.Memory) -> Reading<Value>?,
    _ set: (inout PCISurvey.Memory, Reading<Value>) -> Void, _ read: () -> Reading<Value>
  ) -> Reading<Value> {
    guard let survey = self as? PCISurvey else { return read() }
    return survey.remembered(address, get, set, read)
  }
}
