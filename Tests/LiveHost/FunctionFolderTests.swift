// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Glibc
import Tape
import Testing

@testable import LiveHost

/// A function's files are found in its open folder, and the answers are those of the whole paths.
@Suite struct FunctionFolderTests {
  private let folder = TemporaryFolder()
  private let function = "/sys/bus/pci/devices/0000:3b:00.0"
  private let missing = Answer.withheld("not in this copy")

  private func root() throws -> RootHost { try RootHost("\(folder.path)/host") }

  private func put() {
    let real = "host/sys/devices/pci0000:3a/0000:3b:00.0"
    folder.put("\(real)/vendor", "0x15b3\n")
    folder.put("\(real)/empty", "")
    folder.put("\(real)/net/eth0/address", "02:00:00:00:00:01\n")
    folder.link("\(real)/physfn", to: "../0000:3b:00.1")
    folder.link("\(real)/also", to: "vendor")
    folder.link("\(real)/out", to: "../../../../../secret")
    folder.link("\(real)/absolute", to: "\(folder.path)/secret")
    folder.link("\(real)/nets", to: "net")
    folder.put("secret", "outside")
    folder.link("host\(function)", to: "../../../devices/pci0000:3a/0000:3b:00.0")
    folder.link("host/sys/bus/pci/devices/0000:ff:00.0", to: "/")
  }

  @Test func theAnswersAreThoseOfTheWholePath() throws {
    put()
    let host = try root()
    #expect(host.ask(.file("\(function)/vendor")) == .bytes(Array("0x15b3\n".utf8)))
    #expect(host.ask(.file("\(function)/empty")) == .bytes([]))
    #expect(host.ask(.file("\(function)/also")) == .bytes(Array("0x15b3\n".utf8)))
    #expect(host.ask(.file("\(function)/device")) == missing)
    #expect(host.ask(.file("/sys/bus/pci/devices/0000:3c:00.0/vendor")) == missing)
    #expect(host.ask(.link("\(function)/physfn")) == .bytes(Array("../0000:3b:00.1".utf8)))
    #expect(host.ask(.directory("\(function)/net")) == .bytes(Array("eth0\n".utf8)))
    #expect(host.ask(.directory("\(function)/nets")) == .bytes(Array("eth0\n".utf8)))
    #expect(host.ask(.directory("\(function)/vfio-dev")) == missing)
    #expect(host.ask(.directory(function)) != missing)
    for (question, code) in [
      (Question.link("\(function)/vendor"), EINVAL), (.file("\(function)/net"), EISDIR),
    ] {
      guard case .failed(code, _) = host.ask(question) else { Issue.record("\(question)"); continue }
    }
    #expect(host.ask(.directory("\(function)/vendor")) == missing)
  }

  /// Neither by a link in the folder, nor by a folder that is a link to the root, nor by what is above that.
  @Test func noNameLeavesTheRoot() throws {
    put()
    let host = try root()
    let outside = Answer.bytes(Array("outside".utf8))
    for folder in [function, "/sys/bus/pci/devices/0000:ff:00.0", "/sys/bus/pci/devices/.."] {
      for name in ["out", "absolute", "..", "../secret", ".", "secret"] {
        #expect(host.ask(.file("\(folder)/\(name)")) != outside, "\(folder)/\(name)")
      }
    }
    #expect(host.ask(.directory("/sys/bus/pci/devices/0000:ff:00.0/..")) == host.ask(.directory("/")))
  }

  /// Gone and back between two questions: what the new one has is there.
  @Test func aFunctionThatCameBackIsNotWithoutItsFiles() throws {
    folder.put("host\(function)/vendor", "0x15b3\n")
    let host = try root()
    #expect(host.ask(.file("\(function)/vendor")) == .bytes(Array("0x15b3\n".utf8)))
    _ = shell("rm -r '\(folder.path)/host\(function)'")
    folder.put("host\(function)/device", "0x101e\n")
    folder.link("host\(function)/physfn", to: "../0000:3b:00.1")
    folder.put("host\(function)/net/eth0/x", "")
    #expect(host.ask(.link("\(function)/physfn")) == .bytes(Array("../0000:3b:00.1".utf8)))
    #expect(host.ask(.file("\(function)/device")) == .bytes(Array("0x101e\n".utf8)))
    #expect(host.ask(.directory("\(function)/net")) == .bytes(Array("eth0\n".utf8)))
  }

  /// A pipe would be waited for.
  @Test func nothingButRegularFilesIsOpened() throws {
    put()
    folder.makeFolder("host/sys/devices/pci0000:3a/0000:3b:00.0")
    let path = "\(folder.path)/host/sys/devices/pci0000:3a/0000:3b:00.0/class"
    try #require(unsafe mkfifo(path, 0o600) == 0)
    guard case .failed(EINVAL, _) = try root().ask(.file("\(function)/class")) else {
      Issue.record("a pipe was read")
      return
    }
  }
}
