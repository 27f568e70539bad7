// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Archives that were made to harm, as `judge` meets them: one clear line, exit 2, and little memory.
@Suite struct HostileArchiveTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// KiB of address space that a run may have: what would need more than its limits ends here instead of passing.
  private static let addressSpace = 3 << 20

  /// One header of a tar. Source: tar(5), ustar; sizes past 8 GiB in base 256.
  private static func header(_ name: String, _ kind: Character = "0", size: Int = 0, to target: String = "")
    -> [UInt8]
  {
    var bytes = [UInt8](repeating: 0, count: 512)
    func put(_ text: some Collection<UInt8>, at: Int) {
      bytes.replaceSubrange(at..<(at + text.count), with: text)
    }
    func octal(_ number: Int, _ digits: Int) -> String.UTF8View {
      let text = String(number, radix: 8)
      return (String(repeating: "0", count: digits - text.count) + text).utf8
    }
    put(name.utf8, at: 0)
    put("0000644".utf8, at: 100)
    if size < 1 << 33 {
      put(octal(size, 11), at: 124)
    } else {
      put([0x80, 0, 0, 0] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }, at: 124)
    }
    put("00000000000".utf8, at: 136)
    put("        \(kind)\(target)".utf8, at: 148)
    put("ustar\u{0}00".utf8, at: 257)
    put(octal(bytes.reduce(0) { $0 + Int($1) }, 6), at: 148)
    return bytes
  }

  private static func member(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    header(name, size: bytes.count) + padded(bytes)
  }
  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }
  private static let end = [UInt8](repeating: 0, count: 1024)

  private func judge(_ bytes: [UInt8], _ name: String = "a.tar") throws -> Program.Result {
    try judge(file: folder.write(bytes, name))
  }

  private func judge(file path: String) throws -> Program.Result {
    let shell = Program(name: "sh", place: URL(filePath: "/bin/sh"))
    let limit = Program.isSanitized ? "true" : "ulimit -v \(Self.addressSpace)"
    return try shell.run([
      "-c", "\(limit) && exec \"$0\" judge \"$1\"", Program.hostcap.url.path, path,
    ])
  }

  private func expectRefusal(_ result: Program.Result, _ reason: String) {
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.complaint.hasSuffix(": \(reason)\n"), "\(result.complaint)")
    #expect(result.complaint.split(separator: "\n").count == 1)
  }

  @Test func namesThatLeaveTheArchiveAreRefused() throws {
    for name in ["../../etc/passwd", "a/../../b", "../x"] {
      expectRefusal(try judge(Self.member(name, [0x78]) + Self.end), "\(name): leaves the tree")
    }
  }

  @Test func linksLeadNowhereOutside() throws {
    let out = Self.header("proc", "2", to: "/proc") + Self.member("proc/cpuinfo", [0x78]) + Self.end
    expectRefusal(try judge(out), "proc/cpuinfo: below a link to no directory")
    let loops =
      Self.header("sys", "2", to: "sys/sys") + Self.header("a", "2", to: "b") + Self.header("b", "2", to: "a")
      + Self.header("proc/cpuinfo", "2", to: "../../../../../proc/cpuinfo") + Self.header("h", "1", to: "h")
    expectRefusal(try judge(loops + Self.end), "nothing in it is of a format hostcap knows")
  }

  @Test func devicesAndPipesAreLeftOut() throws {
    let devices = Self.header("dev/sda", "4") + Self.header("dev/mem", "3") + Self.header("pipe", "6")
    expectRefusal(try judge(devices + Self.end), "nothing in it is of a format hostcap knows")
  }

  /// GNU's format 1.0: the map before the data, so that 2 KiB stand for 10 GiB. Source: GNU tar, "Sparse Formats".
  @Test func aSparseMemberOfTenGiBIsRefused() throws {
    let size = 10 << 30
    let records = [
      "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=proc/cpuinfo",
      "GNU.sparse.realsize=\(size)",
    ].map { record in
      let short = record.utf8.count + 2
      return "\(short + "\(short + 2)".count) \(record)\n"
    }.joined()
    let extended = Self.header("pax", "x", size: records.utf8.count) + Self.padded(Array(records.utf8))
    let data = Self.padded(Array("1\n\(size - 1)\n1\n".utf8)) + [0x78]
    let sparse = extended + Self.member("GNUSparseFile.0/cpuinfo", data) + Self.end
    expectRefusal(try judge(sparse), "unpacks to more than 1073741824 bytes")
    let promised = Self.header("proc/cpuinfo", size: size) + Self.padded([0x78]) + Self.end
    expectRefusal(try judge(promised), "damaged: Truncated tar archive")
  }

  /// The whole million with HOSTCAP_FAULTS=all: unoptimised code takes half a minute for it.
  @Test func aMillionEntriesEndWithinSecondsAndBoundedMemory() throws {
    let isWhole = ProcessInfo.processInfo.environment["HOSTCAP_FAULTS"] == "all"
    let count = isWhole ? 1_000_000 : 20_000
    let file = folder.file("many.tar.gz")
    let python = Program(name: "python3", place: URL(filePath: "/usr/bin/python3"))
    let made = try python.run(["-c", Self.many, file.path, "\(count)"])
    try #require(made.status == 0, "\(made.complaint)")
    let begun = ContinuousClock.now
    expectRefusal(try judge(file: file.path), "nothing in it is of a format hostcap knows")
    print("hostile: \(count) entries took \(ContinuousClock.now - begun)")
  }

  private static let many = """
    import gzip, io, sys, tarfile
    with gzip.open(sys.argv[1], "wb", 1) as out:
        for index in range(int(sys.argv[2])):
            out.write(tarfile.TarInfo(f"sys/file{index}").tobuf())
        out.write(bytes(1024))
    """
}
