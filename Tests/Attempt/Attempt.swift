// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CAttempt
import Glibc
import LiveHost

/// One thing that nobody who only reads would do, done for real. Answers 0, or the errno it came to.
struct Attempt: Sendable {
  let name: String
  let make: @Sendable () -> Int32

  /// A file of the caller's, that may be lost.
  static let victim = Swift.CommandLine.arguments.count > 3 ? Swift.CommandLine.arguments[3] : "/nowhere"

  private init(_ name: String, _ make: @escaping @Sendable () -> Int32) {
    (self.name, self.make) = (name, make)
  }

  private static func of(_ result: some BinaryInteger) -> Int32 { result < 0 ? errno : 0 }

  private static func call(_ number: Int, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0) -> Int32 {
    of(raw_call(number, a, b, c, d))
  }

  /// Numbers of x86-64; source: kernel arch/x86/entry/syscalls/syscall_64.tbl.
  static let all: [Attempt] = [
    Attempt("write") { of(unsafe open(victim, O_WRONLY)) },
    Attempt("read-and-write") { of(unsafe open(victim, O_RDWR)) },
    Attempt("create") { of(unsafe open(victim + ".new", O_WRONLY | O_CREAT | O_EXCL, 0o600)) },
    Attempt("truncate") { of(unsafe open(victim, O_RDONLY | O_TRUNC)) },
    Attempt("truncate-by-name") { of(unsafe truncate(victim, 0)) },
    Attempt("openat2") { of(raw_openat2(victim, O_WRONLY)) },
    Attempt("io_uring") { call(425, 8) },
    Attempt("unlink") { of(unsafe unlink(victim)) },
    Attempt("rename") { of(unsafe rename(victim, victim + ".other")) },
    Attempt("mkdir") { of(unsafe mkdir(victim + ".folder", 0o700)) },
    Attempt("symlink") { of(unsafe symlink("/", victim + ".link")) },
    Attempt("chmod") { of(unsafe chmod(victim, 0o777)) },
    Attempt("memfd") { call(319, 0) },
    Attempt("unix-socket") { of(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)) },
    Attempt("inet-socket") { of(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)) },
    Attempt("netlink-socket") { of(socket(AF_NETLINK, Int32(SOCK_RAW.rawValue), 0)) },
    Attempt("exec") { of(raw_execute("/bin/true")) },
    Attempt("fork") { of(raw_fork()) },
    Attempt("signal-parent") { of(kill(getppid(), SIGCONT)) },
    Attempt("signal-parents-thread") { call(234, Int(getppid()), Int(getppid()), Int(SIGCONT)) },
    Attempt("ptrace") { call(101, 0) },
    Attempt("load-module") { call(175) },
    Attempt("mount") { call(165) },
    Attempt("bpf") { call(321) },
    Attempt("port") { call(173, 0x80, 1, 1) },
    Attempt("become-another") { call(105, 65534) },
    Attempt("regain-capabilities") { call(126) },
    Attempt("map-to-run") { of(raw_map(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS)) },
    Attempt("map-shared") { of(raw_map(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS)) },
    Attempt("create-vm") { of(raw_ioctl("/dev/kvm", 0xAE01)) },
    Attempt("clear-log") { call(103, 5) },
    Attempt("raise-limit") { of(raw_raise_limit()) },
    Attempt("another-output") {
      do {
        try OutputFile.write([], to: victim + ".output")
        return 0
      } catch {
        return "\(error)".hasSuffix("Operation not permitted") ? EPERM : EIO
      }
    },
  ]
}
