// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension PlatformProbe {
  /// From CPUID, or from the kernel's cpuinfo where only that is at hand.
  static func processor(_ host: any HostSource) -> [Fact] {
    var facts: [Fact] = []
    let vendor = host.processorVendor()
    if let name = vendor.value { facts.append(Fact("cpu.vendor", .text(name), citing: [vendor.question])) }
    let info = host.processorInfo()
    let leaf = host.cpuid(1)
    let identity = leaf.value.map { Identity(signature: $0.eax) }
    let brand = brand(host)
    let name = brand.value ?? nameKeys.lazy.compactMap { info.value?.fields[$0] }.first
    if let name {
      facts.append(
        Fact("cpu.brand", .text(name), citing: [brand.value == nil ? info.question : brand.question]))
    }
    if let identity {
      facts += [
        Fact("cpu.signature", .text(hex(identity.signature, width: 8)), citing: [leaf.question]),
        Fact("cpu.family", .count(UInt64(identity.family)), citing: [leaf.question]),
        Fact("cpu.model", .count(UInt64(identity.model)), citing: [leaf.question]),
        Fact("cpu.stepping", .count(UInt64(identity.stepping)), citing: [leaf.question]),
      ]
      if let code = Codename.of(identity, vendor: vendor.value ?? "", brand: name ?? "") {
        facts.append(Fact("cpu.codename", .text(code), citing: [leaf.question]))
      }
    } else if let fields = info.value?.fields {
      for (id, key) in [("cpu.family", "cpu family"), ("cpu.model", "model"), ("cpu.stepping", "stepping")] {
        guard let value = fields[key].flatMap(UInt64.init) else { continue }
        facts.append(Fact(id, .count(value), citing: [info.question]))
      }
    }
    if let microcode = info.value?.fields["microcode"] {
      facts.append(Fact("cpu.microcode", .text(microcode), citing: [info.question]))
    }
    if let all = host.read(info.question, as: revisions).value, all.count > 1 {
      facts.append(Fact("cpu.microcode-revisions", .list(all), citing: [info.question]))
    }
    return facts + widths(host, info) + limits(host)
  }

  /// Every revision of microcode that a processor runs, as far as cpuinfo was read; one that an update has left out counts.
  /// Where that ends within a line, as it does on large machines, the number in that line is none.
  private static func revisions(_ bytes: ArraySlice<UInt8>) -> [String]? {
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? []
    let found = lines(whole).filter { $0.starts(with: "microcode".utf8) }.compactMap { line in
      line.firstIndex(of: UInt8(ascii: ":")).map { text(line[line.index(after: $0)...]) }
    }
    return Set(found).sorted()
  }

  /// cpuinfo's key for the processor's name: on x86 and newer Arm, on older Arm, on POWER.
  private static let nameKeys = ["model name", "Processor", "cpu"]

  /// CPUID Fn8000_0002…4: 48 bytes of text, ended by a zero. Blanks that pad it are folded.
  private static func brand(_ host: any HostSource) -> Reading<String> {
    var bytes: [UInt8] = []
    for leaf in UInt32(0x8000_0002)...0x8000_0004 {
      let reading = host.cpuid(leaf)
      guard let registers = reading.value else { return reading.flatMap { _ in .absent } }
      bytes += registers.bytes
    }
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    let words = text.split(whereSeparator: { $0 == " " })
    let question = Question.cpuid(leaf: 0x8000_0002)
    return words.isEmpty
      ? Reading(question, .absent) : Reading(question, .value(words.joined(separator: " ")))
  }

  /// CPUID Fn8000_0008_EAX, or cpuinfo's `address sizes	: 48 bits physical, 48 bits virtual`.
  private static func widths(_ host: any HostSource, _ info: Reading<ProcessorInfo>) -> [Fact] {
    let leaf = host.cpuid(0x8000_0008)
    let ids = ["cpu.physical-address-bits", "cpu.linear-address-bits"]
    if let eax = leaf.value?.eax {
      return zip(ids, [eax.bits(0...7), eax.bits(8...15)]).map {
        Fact($0, .count(UInt64($1)), citing: [leaf.question])
      }
    }
    let numbers = info.value?.fields["address sizes"]?.split(separator: " ").compactMap { UInt64($0) } ?? []
    return numbers.count == 2 ? zip(ids, numbers).map { Fact($0, .count($1), citing: [info.question]) } : []
  }

  private static func limits(_ host: any HostSource) -> [Fact] {
    var facts: [Fact] = []
    let basic = host.cpuid(0)
    if let eax = basic.value?.eax {
      facts.append(Fact("cpu.max-basic-leaf", .count(UInt64(eax)), citing: [basic.question]))
    }
    let extended = host.cpuid(0x8000_0000)
    if let eax = extended.value?.eax {
      facts.append(Fact("cpu.max-extended-leaf", .text(hex(eax, width: 8)), citing: [extended.question]))
    }
    return facts
  }
}
