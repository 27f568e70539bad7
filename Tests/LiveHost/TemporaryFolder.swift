// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CHost
import Glibc
import Testing

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/hostcap-test-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkdtemp($0) != nil }
    }
    precondition(made == true)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = shell("chmod -R u+rwX '\(path)'; rm -rf '\(path)'") }

  /// Writes a file, making the folders above it.
  func put(_ name: String, _ bytes: some Sequence<UInt8>) {
    makeFolders(above: name)
    let file = unsafe open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    precondition(file >= 0)
    let all = Array(bytes)
    precondition(unsafe write(file, all, all.count) == all.count)
    close(file)
  }

  func put(_ name: String, _ text: String) { put(name, text.utf8) }

  func link(_ name: String, to target: String) {
    makeFolders(above: name)
    precondition(unsafe symlink(target, "\(path)/\(name)") == 0)
  }

  func makeFolder(_ name: String) {
    makeFolders(above: name)
    unsafe mkdir("\(path)/\(name)", 0o755)
  }

  /// What is in it, hidden files included.
  var names: [String] {
    shell("ls -A '\(path)'").output.split(separator: "\n").map { String($0) }
  }

  private func makeFolders(above name: String) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      unsafe mkdir(folder, 0o755)
    }
  }
}

/// Runs a line of shell, a minute long at most.
@discardableResult func shell(_ line: String) -> (status: Int32, output: String) {
  let result = run("/bin/sh", "-c", line, milliseconds: 60_000, limit: 1 << 20)
  return (result.status == 0 ? result.exit : result.status, String(decoding: result.output, as: UTF8.self))
}

/// Calls chost_run.
func run(
  _ program: String, _ first: String, _ second: String, milliseconds: Int32, limit: Int
) -> (status: Int32, exit: Int32, output: [UInt8]) {
  var output: UnsafeMutablePointer<UInt8>?
  var length = 0
  var exit: Int32 = -1
  let status = unsafe chost_run(program, first, second, nil, milliseconds, limit, &output, &length, &exit)
  defer { unsafe free(output) }
  return (status, exit, unsafe Array(UnsafeBufferPointer(start: output, count: length)))
}

/// Runs `body` on this thread with the file permissions of an unprivileged user, if we have others.
func unprivileged(_ body: () throws -> Void) rethrows {
  // setfsuid changes the calling thread only, and drops the capabilities that override file permissions.
  typealias SetUser = @convention(c) (uid_t) -> Int32
  guard let symbol = unsafe dlsym(nil, "setfsuid") else { preconditionFailure("a libc without setfsuid") }
  let setUser = unsafe unsafeBitCast(symbol, to: SetUser.self)
  let before = setUser(65534)
  defer { _ = setUser(uid_t(before)) }
  try body()
}

/// Says loudly that a test could not run.
func skip(_ why: String) { print("SKIPPED: \(why)") }
