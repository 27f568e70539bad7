// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape
import Testing

@Suite struct FileTreeTests {
  private func tree(_ links: [(String, String)]) throws -> FileTree {
    var tree = FileTree("dump")
    try tree.addFile("sys/devices/a/value", "1")
    for (path, target) in links { try tree.addLink(path, to: target) }
    return tree
  }

  @Test func linksAreWalkedAsTheKernelWalksThem() throws {
    let tree = try tree([
      ("sys/bus/x", "../devices/a"), ("sys/absolute", "/sys/devices/a"), ("sys/devices/a/up", "../../bus"),
      ("sys/out", "../../../../sys/devices/a"),
    ])
    for path in ["/sys/bus/x/value", "/sys/absolute/value", "/sys/bus/x/up/x/value", "/sys/out/value"] {
      #expect(tree.ask(.file(path)) == .bytes(Array("1\n".utf8)), "\(path)")
    }
    // `..` after a link is the target's parent, not the link's.
    #expect(tree.ask(.file("/sys/bus/x/../a/value")) == .bytes(Array("1\n".utf8)))
    #expect(tree.ask(.link("/sys/bus/x")) == .bytes(Array("../devices/a".utf8)))
    #expect(tree.ask(.directory("/sys/bus")) == .bytes(Array("x\n".utf8)))
  }

  @Test func circlesAndNowhereAreNotInThisCopy() throws {
    let tree = try tree([("a", "b"), ("b", "a"), ("self", "self/self"), ("gone", "nowhere")])
    for path in ["/a", "/self", "/gone", "/sys/devices/a/value/below", "/missing"] {
      #expect(tree.ask(.file(path)) == .withheld("not in this copy"), "\(path)")
    }
  }

  @Test func fortyLinksAreTheMost() throws {
    var tree = FileTree("dump")
    try tree.addFile("l0", "end")
    for index in 1...41 { try tree.addLink("l\(index)", to: "l\(index - 1)") }
    #expect(tree.ask(.file("/l40")) == .bytes(Array("end\n".utf8)))
    #expect(tree.ask(.file("/l41")) == .withheld("not in this copy"))
  }

  @Test func aNameThatLeavesTheTreeIsRefused() throws {
    var tree = FileTree("dump")
    #expect(throws: InputError("dump", "../../etc/passwd: leaves the tree")) {
      try tree.addFile("../../etc/passwd", "x")
    }
    try tree.addFile("/etc/passwd", "x")
    #expect(tree.ask(.file("/etc/passwd")) == .bytes(Array("x\n".utf8)))
  }

  @Test func filesAreCutAtTheLimitAndTheLastOneOfANameWins() throws {
    var tree = FileTree("dump")
    try tree.addFile("f", [UInt8](repeating: 7, count: 2 * Question.fileLimit))
    #expect(tree.ask(.file("/f")) == .bytes([UInt8](repeating: 7, count: Question.fileLimit)))
    try tree.addFile("f", "second")
    #expect(tree.ask(.file("/f")) == .bytes(Array("second\n".utf8)))
  }

  @Test func configurationComesFromSysfs() throws {
    var tree = FileTree("dump")
    try tree.addFile("sys/devices/pci0000:00/0000:00:02.0/config", [0x86, 0x80])
    try tree.addLink("sys/bus/pci/devices/0000:00:02.0", to: "../../../devices/pci0000:00/0000:00:02.0")
    #expect(tree.ask(.pciConfig(PCIAddress(bus: 0, device: 2, function: 0))) == .bytes([0x86, 0x80]))
    #expect(tree.ask(.pciConfig(PCIAddress(bus: 0, device: 3, function: 0))) == .withheld("not in this copy"))
  }

  @Test func aSubtreeCannotBeLeft() throws {
    var tree = FileTree("dump")
    try tree.addFile("secret", "x")
    try tree.addFile("host/proc/cpuinfo", "p")
    try tree.addLink("host/up", to: "../secret")
    let host = try #require(tree.subtree("/host"))
    #expect(host.ask(.file("/proc/cpuinfo")) == .bytes(Array("p\n".utf8)))
    #expect(host.ask(.file("/up")) == .withheld("not in this copy"))
    #expect(host.ask(.file("/../secret")) == .withheld("not in this copy"))
    let deep = try #require(tree.subtree("/host/proc", standingAt: "/a/b"))
    #expect(deep.ask(.file("/a/b/cpuinfo")) == .bytes(Array("p\n".utf8)))
  }

  @Test func otherQuestionsGoToTheTape() throws {
    let tree = FileTree("dump", others: Tape([.clock: .bytes([0x31]), .link("/x"): .absent]))
    #expect(tree.ask(.clock) == .bytes([0x31]))
    #expect(tree.ask(.link("/x")) == .absent)
    #expect(tree.ask(.kernelLog) == .withheld("not in this copy"))
  }
}
