// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension PlatformProbe {
  /// Board, firmware, kernel and memory; what cannot be read is left out.
  static func machine(_ host: any HostSource) -> [Fact] {
    let texts: [(String, Question)] = [
      ("kernel.release", .file("/proc/sys/kernel/osrelease")),
      ("kernel.command-line", .file("/proc/cmdline")),
      ("machine.vendor", .file("/sys/class/dmi/id/sys_vendor")),
      ("machine.product", .file("/sys/class/dmi/id/product_name")),
      ("machine.board", .file("/sys/class/dmi/id/board_name")),
      ("firmware.vendor", .file("/sys/class/dmi/id/bios_vendor")),
      ("firmware.version", .file("/sys/class/dmi/id/bios_version")),
      ("firmware.date", .file("/sys/class/dmi/id/bios_date")),
    ]
    var facts = texts.compactMap { id, question -> Fact? in
      guard let value = host.read(question, as: { text($0) }).value, !value.isEmpty else { return nil }
      return Fact(id, .text(value), citing: [question])
    }
    let system = host.read(.file("/etc/os-release"), as: prettyName)
    if let name = system.value { facts.append(Fact("os.name", .text(name), citing: [system.question])) }
    let lists = [
      ("cpu.count", "/sys/devices/system/cpu/present"), ("cpu.online", "/sys/devices/system/cpu/online"),
    ]
    for (id, path) in lists {
      guard let list = host.read(.file(path), as: CPUList.init).value else { continue }
      facts.append(Fact(id, .count(UInt64(list.count)), citing: [.file(path)]))
    }
    return facts + memory(host)
  }

  /// `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"`. Source: os-release(5).
  private static func prettyName(_ bytes: ArraySlice<UInt8>) -> String? {
    let key = "PRETTY_NAME="
    return lines(bytes).map { text($0) }.first { $0.hasPrefix(key) }.map { line in
      String(line.dropFirst(key.count).filter { $0 != "\"" })
    }
  }

  private static func memory(_ host: any HostSource) -> [Fact] {
    var facts: [Fact] = []
    let total = host.read(.file("/proc/meminfo"), as: memTotal)
    if let kibibytes = total.value,
      case let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024), !overflow
    {
      facts.append(Fact("memory-bytes", .count(bytes), citing: [total.question]))
    }
    let nodes = host.names(in: "/sys/devices/system/node")
    if let names = nodes.value {
      let count = names.filter { $0.hasPrefix("node") && UInt($0.dropFirst(4)) != nil }.count
      facts.append(Fact("numa.nodes", .count(UInt64(count)), citing: [nodes.question]))
      facts += processors(of: names, host)
    }
    return facts + hugePages(host)
  }

  /// `numa.cpus`: `0: 0-31,64-95`, a node each, as the kernel writes its list; left out unless every node's can be read.
  /// Source: kernel Documentation/ABI/stable/sysfs-devices-node.
  private static func processors(of names: some Sequence<String>, _ host: any HostSource) -> [Fact] {
    let numbers = names.compactMap { $0.hasPrefix("node") ? UInt($0.dropFirst(4)) : nil }.sorted()
    let questions = numbers.map { Question.file("/sys/devices/system/node/node\($0)/cpulist") }
    let lists = questions.compactMap { question in
      // A node of memory alone has an empty list.
      host.read(question) { CPUList($0) == nil ? nil : text($0) }.value
    }
    guard !numbers.isEmpty, lists.count == numbers.count else { return [] }
    return [
      Fact("numa.cpus", .list(zip(numbers, lists).map { "\($0): \($1)" }), citing: questions)
    ]
  }

  /// `memory.huge-pages-kib`: sizes in KiB that have been set aside, smallest first; left out unless every size's number
  /// can be read. Source: kernel Documentation/admin-guide/mm/hugetlbpage.rst.
  private static func hugePages(_ host: any HostSource) -> [Fact] {
    let folder = "/sys/kernel/mm/hugepages"
    let names = host.names(in: folder)
    guard let all = names.value else { return [] }
    let sizes = all.compactMap { name -> UInt64? in
      guard name.hasPrefix("hugepages-"), name.hasSuffix("kB") else { return nil }
      return UInt64(name.dropFirst(10).dropLast(2))
    }.sorted()
    var used: [String] = []
    for size in sizes {
      let question = Question.file("\(folder)/hugepages-\(size)kB/nr_hugepages")
      guard let count = host.read(question, as: decimal).value else { return [] }
      if count > 0 { used.append("\(size)") }
    }
    return [Fact("memory.huge-pages-kib", .list(used), citing: [names.question])]
  }

  /// `MemTotal:       24689212 kB`. Source: proc_meminfo(5); kB is 1,024 bytes there.
  private static func memTotal(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    guard let line = lines(bytes).first(where: { $0.starts(with: "MemTotal:".utf8) }) else { return nil }
    let words = line.split(separator: 0x20)
    return words.count == 3 ? decimal(words[1]) : nil
  }
}
