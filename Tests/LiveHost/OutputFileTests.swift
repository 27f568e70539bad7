// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import LiveHost
import Tape
import Testing

@Suite struct OutputFileTests {
  private let folder = TemporaryFolder()
  private var path: String { "\(folder.path)/out" }

  @Test func aFileIsWrittenWholeAndAlone() throws {
    try OutputFile.write(Array("new".utf8), to: path)
    #expect(try InputFile.read(path, limit: 100) == Array("new".utf8))
    try OutputFile.write([], to: path)
    #expect(try InputFile.read(path, limit: 100).isEmpty)
    #expect(folder.names == ["out"])
  }

  @Test func aFullDiskLeavesTheOldFile() throws {
    folder.makeFolder("full")
    guard shell("mount -t tmpfs -o size=64k none '\(folder.path)/full'").status == 0 else {
      skip("only root can mount a file system that is full")
      return
    }
    defer { shell("umount '\(folder.path)/full'") }
    let path = "\(folder.path)/full/out"
    try OutputFile.write(Array("old".utf8), to: path)
    #expect(throws: InputError(path, "No space left on device")) {
      try OutputFile.write([UInt8](repeating: 1, count: 1 << 20), to: path)
    }
    #expect(try InputFile.read(path, limit: 100) == Array("old".utf8))
    #expect(shell("ls -A '\(folder.path)/full'").output == "out\n")
  }

  @Test func piecesAreWrittenInOrderOrNotAtAll() throws {
    let draw: OutputFile.Drawing = { output, drain in
      for number in 0..<1000 {
        output += [UInt8](repeating: UInt8(number % 256), count: 1000)
        drain(&output)
      }
    }
    try OutputFile.write(to: path, draw)
    #expect(
      try InputFile.read(path, limit: 1 << 20)
        == (0..<1000).flatMap { [UInt8](repeating: UInt8($0 % 256), count: 1000) })
    #expect(throws: InputError("/dev/full", "No space left on device")) {
      try OutputFile.write(to: "/dev/full", draw)
    }
    #expect(folder.names == ["out"])
  }

  @Test func aClosedFolderIsRefused() {
    shell("chmod 555 '\(folder.path)'")
    unprivileged {
      #expect(throws: InputError(path, "Permission denied")) { try OutputFile.write([1], to: path) }
    }
    #expect(folder.names.isEmpty)
  }

  @Test func aDeviceIsWrittenToAndNotReplaced() throws {
    try OutputFile.write([1], to: "/dev/null")
    #expect(throws: InputError("/dev/full", "No space left on device")) {
      try OutputFile.write([1], to: "/dev/full")
    }
    #expect(shell("test -c /dev/null && test -c /dev/full").status == 0)
  }

  @Test func aLinkStaysALink() throws {
    folder.put("real", "old")
    folder.link("out", to: "real")
    try OutputFile.write(Array("new".utf8), to: path)
    #expect(try InputFile.read("\(folder.path)/real", limit: 100) == Array("new".utf8))
    #expect(shell("readlink '\(path)'").output == "real\n")
  }

  @Test func aFolderIsNoFile() {
    #expect(throws: InputError(folder.path, "Is a directory")) { try OutputFile.write([1], to: folder.path) }
    #expect(throws: InputError(folder.path, "Is a directory")) { try InputFile.read(folder.path, limit: 100) }
  }

  @Test func inputHasALimit() throws {
    folder.put("out", [UInt8](repeating: 7, count: 100_000))
    #expect(try InputFile.read(path, limit: 100_000).count == 100_000)
    #expect(throws: InputError(path, "longer than 99999 bytes")) { try InputFile.read(path, limit: 99_999) }
    #expect(throws: InputError("/no/such", "No such file or directory")) {
      try InputFile.read("/no/such", limit: 1)
    }
  }

  @Test func aPipeIsNoTerminal() {
    let null = unsafe open("/dev/null", O_RDONLY)
    defer { close(null) }
    #expect(!Terminal.isTerminal(null))
    #expect(Terminal.columns(null) == nil)
  }
}
