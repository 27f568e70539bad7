// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Testing

/// What the kernel sees of a whole run as root: reading, and no more than that.
@Suite struct ReadOnlyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What read-only.py says of a trace of a program that was told to write report.json and tape.jsonl, while a function
  /// slept.
  private func verdict(on trace: URL, asleep: [String] = ["0000:03:00.0"]) throws -> (
    status: Int32, text: String
  ) {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../LiveHost/read-only.py")
    let outputs = ["report.json", "tape.jsonl"].flatMap { ["--output", folder.file($0).path] }
    return try run(["python3", script.path, trace.path, "--asleep", asleep.joined(separator: ",")] + outputs)
  }

  private func run(_ words: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    let output = folder.file("output")
    try Data().write(to: output)
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.environment = Program.inherited
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: output), as: UTF8.self))
  }

  @Test func aWholeRunOnlyReads() throws {
    guard geteuid() == 0, try run(["strace", "-o", "/dev/null", "true"]).status == 0 else {
      print("SKIPPED: not root, or no strace that may trace")
      return
    }
    let trace = folder.file("trace")
    let traced =
      "trace=%file,%desc,%network,ioctl,init_module,finit_module,delete_module,kexec_load,kexec_file_load,bpf"
    let strace = ["strace", "-f", "-y", "-e", traced, "-o", trace.path]
    let names = ["report.json", "tape.jsonl"].map { folder.file($0).path }
    let agent = [
      Program.agent.url.path, "--libvirt-devices", "--format", "json", "--output", names[0], "--tape",
      names[1],
    ]
    let (modules, states) = (try Self.modules(), Self.powerStates())
    #expect(try run(strace + agent).status == 0)
    for name in names { #expect(FileManager.default.fileExists(atPath: name)) }
    #expect(try Self.modules() == modules, "a module was loaded")
    #expect(Self.powerStates() == states, "a function was woken, or fell asleep meanwhile")
    let verdict = try verdict(on: trace, asleep: states.filter { $0.value == "suspended\n" }.keys.sorted())
    #expect(verdict.status == 0, "\(verdict.text)")
  }

  private static func modules() throws -> Set<Substring> {
    let text = try? String(contentsOfFile: "/proc/modules", encoding: .utf8)
    return Set((text ?? "").split(separator: "\n").map { $0.prefix { $0 != " " } })
  }

  /// Every PCI function's word on its runtime power management.
  private static func powerStates() -> [String: String] {
    let folder = "/sys/bus/pci/devices"
    let functions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Dictionary(
      uniqueKeysWithValues: functions.map { function in
        let state = try? String(contentsOfFile: "\(folder)/\(function)/power/runtime_status", encoding: .utf8)
        return (function, state ?? "")
      })
  }

  /// Lines as strace prints them, one for each thing that is more than reading.
  private static let more = [
    (#"7 openat(AT_FDCWD</>, "/sys/class/net/eth0/mtu", O_RDWR|O_CLOEXEC) = 3</sys/x>"#, "opens to write"),
    (
      #"7 open("/tmp/.hostcap.7", O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0644 <unfinished ...>"#, "opens to write"
    ),
    (#"openat2(AT_FDCWD</>, "/x", {flags=O_WRONLY, resolve=0}, 24) = -1 EROFS"#, "opens to write"),
    (#"7 write(3</sys/x>, "1", 1) = 1"#, "changes something"),
    (#"7 unlinkat(AT_FDCWD</>, "/x", 0) = -1 ENOENT (No such file or directory)"#, "changes something"),
    (#"7 rename("/x", "/y") = 0"#, "renames"),
    (#"7 openat(AT_FDCWD</>, "/sys/bus/pci/devices/0000:03:00.0/config", O_RDONLY) = 3</x>"#, "would wake"),
    (#"7 pread64(3</sys/devices/pci0000:00/0000:03:00.0/config>, "", 64, 0) = 64"#, "would wake"),
    (
      #"7 openat(AT_FDCWD</>, "/sys/bus/pci/devices/0000:03:00.0/current_link_speed", O_RDONLY) = 3</x>"#,
      "would wake"
    ),
    (#"7 mmap(NULL, 4096, PROT_READ, MAP_SHARED, 3</sys/x/resource0>, 0) = 0x7f"#, "maps a device"),
    (#"7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3</x>, 0) = 0x7f"#, "maps to write"),
    (#"7 ioctl(3</dev/kvm>, KVM_CREATE_VM, 0) = 4"#, "is no known request"),
    (#"7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[1]>"#, "leaves the machine"),
    (
      #"7 connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/run/dbus/socket"}, 110) = 0"#, "not libvirt's"
    ),
    (#"7 finit_module(3</lib/modules/x.ko>, "", 0) = 0"#, "changes the kernel"),
    (#"7 execve("/bin/sh", ["sh"], 0x7f /* 6 vars */) = 0"#, "starts another program"),
  ]

  /// And some that are not.
  private var harmless: [String] {
    [
      #"7 openat(AT_FDCWD</>, "/proc/cpuinfo", O_RDONLY|O_CLOEXEC) = 3</proc/cpuinfo>"#,
      #"7 openat(AT_FDCWD</>, "/sys/bus/pci/devices/0000:03:00.1/config", O_RDONLY) = 3</x>"#,
      #"7 openat(AT_FDCWD</>, "\#(folder.url.path)/.hostcap.7", O_WRONLY|O_CREAT|O_EXCL, 0644) = 3</x>"#,
      #"7 write(1</dev/pts/0>, "x", 1) = 1"#, "7 +++ exited with 0 +++",
    ]
  }

  @Test func whoDoesMoreIsSeen() throws {
    let trace = folder.file("trace")
    func verdict(on lines: [String]) throws -> (status: Int32, text: String) {
      try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: trace)
      return try self.verdict(on: trace)
    }
    #expect(try verdict(on: harmless).status == 0)
    let verdict = try verdict(on: harmless + Self.more.map(\.0))
    #expect(verdict.status == 1)
    let complaints = verdict.text.split(separator: "\n").dropFirst()
    #expect(complaints.count == Self.more.count)
    for (complaint, (line, why)) in zip(complaints, Self.more) {
      #expect(complaint.contains(why) && complaint.hasSuffix(line))
    }
  }
}
