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
    }
    return facts
  }

  /// `MemTotal:       24689212 kB`. Source: proc_meminfo(5); kB is 1,024 bytes there.
  private static func memTotal(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    guard let line = lines(bytes).first(where: { $0.starts(with: "MemTotal:".utf8) }) else { return nil }
    let words = line.split(separator: 0x20)
    return words.count == 3 ? decimal(words[1]) : nil
  }
}
