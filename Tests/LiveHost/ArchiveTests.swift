// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import LiveHost
import Tape
import Testing

@Suite struct ArchiveTests {
  /// One tar entry: header with a checksum, then the bytes, padded. Source: tar(5), ustar.
  private func entry(_ name: String, _ type: Character = "0", _ text: String = "", target: String = "")
    -> [UInt8]
  {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at: Int) { header.replaceSubrange(at..<(at + text.utf8.count), with: text.utf8) }
    put(name, at: 0)
    put("0000644", at: 100)
    put(String(text.utf8.count, radix: 8).leftPadded(11), at: 124)
    put("00000000000", at: 136)
    put("        " + String(type) + target, at: 148)
    put("ustar\u{0}00", at: 257)
    put(String(header.reduce(0) { $0 + Int($1) }, radix: 8).leftPadded(6) + "\u{0}", at: 148)
    let padding = [UInt8](repeating: 0, count: (512 - text.utf8.count % 512) % 512)
    return header + Array(text.utf8) + padding
  }

  private func open(_ entries: [[UInt8]]) throws -> FileTree {
    let bytes = entries.flatMap { $0 } + [UInt8](repeating: 0, count: 1024)
    guard case .tree(let tree) = try Archive.open(bytes, path: "a.tar") else {
      throw InputError("a.tar", "not taken for an archive")
    }
    return tree
  }

  @Test func aTarBecomesATree() throws {
    let tree = try open([
      entry("sys/", "5"), entry("sys/value", "0", "1\n"), entry("sys/link", "2", target: "value"),
      entry("sys/hard", "1", target: "sys/value"), entry("dev/null", "3"), entry("fifo", "6"),
    ])
    for name in ["value", "link", "hard"] {
      #expect(tree.ask(.file("/sys/\(name)")) == .bytes(Array("1\n".utf8)), "\(name)")
    }
    #expect(!tree.holds("/dev/null"))
    #expect(!tree.holds("/fifo"))
  }

  @Test func aNameThatLeavesTheArchiveIsRefused() {
    #expect(throws: InputError("a.tar", "../../etc/passwd: leaves the tree")) {
      _ = try open([entry("../../etc/passwd", "0", "x")])
    }
  }

  @Test func anAbsoluteNameStaysInside() throws {
    let tree = try open([entry("/etc/passwd", "0", "x"), entry("out", "2", target: "/etc/passwd")])
    #expect(tree.ask(.file("/out")) == .bytes([0x78]))
  }

  @Test func plainBytesComeBackAsTheyAre() throws {
    for text in ["", "processor : 0\n", "<a/>", String(repeating: "x", count: 600)] {
      guard case .file(let bytes) = try Archive.open(Array(text.utf8), path: "f") else {
        Issue.record("taken for an archive")
        continue
      }
      #expect(bytes == Array(text.utf8))
    }
  }

  @Test func everyPrefixOfAnArchiveIsATreeOrARefusal() throws {
    let whole = [entry("a", "0", "some text"), entry("b/c", "0", "more"), entry("d", "2", target: "a")]
      .flatMap { $0 }
    for length in stride(from: 0, through: whole.count, by: 7) {
      do throws(InputError) { _ = try Archive.open(Array(whole.prefix(length)), path: "a") } catch {
        #expect(error.path == "a")
      }
    }
  }

  @Test func aCompressedFileComesBackUnpackedAndABombIsRefused() throws {
    guard let small = compressed("printf 'hello\\n'"), let bomb = compressed("yes | head -c 70000000")
    else {
      print("SKIPPED: gzip is missing; compressed files were not tried")
      return
    }
    guard case .file(let bytes) = try Archive.open(small, path: "f.gz") else {
      Issue.record("taken for an archive")
      return
    }
    #expect(bytes == Array("hello\n".utf8))
    #expect(throws: InputError("f.gz", "unpacks to more than 67108864 bytes")) {
      _ = try Archive.open(bomb, path: "f.gz")
    }
    #expect(throws: InputError.self) { _ = try Archive.open(Array(small.dropLast(9)), path: "f.gz") }
  }

  private func compressed(_ command: String) -> [UInt8]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command + " | gzip"]
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let bytes = Array(pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return bytes.isEmpty ? nil : bytes
  }
}

extension String {
  fileprivate func leftPadded(_ width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
