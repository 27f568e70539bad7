// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Glibc
import Testing

@testable import LiveHost

/// Against a real libvirtd, where one is installed.
@Suite(.serialized) struct LibvirtDaemonTests {
  private var agent: String? {
    let repository = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/\(repository)/.build/debug/hostcap-agent"
    guard unsafe access(path, X_OK) == 0 else {
      skip("hostcap-agent is not built")
      return nil
    }
    return path
  }

  @Test func aRealDaemonAnswersAndAStoppedOneCostsOneDeadline() throws {
    guard let agent, let daemon = PrivateLibvirt() else { return }
    let host = LiveHost(deadlineSeconds: 120, libvirtURI: daemon.uri, helper: agent)
    guard case .bytes(let version) = host.ask(.libvirt(.version)) else {
      Issue.record("\(host.ask(.libvirt(.version)))")
      return
    }
    #expect(version.starts(with: "libvirt ".utf8) && lines(version[...]).count <= 2)
    switch host.ask(.libvirt(.domainCapabilities)) {
    case .bytes(let bytes): #expect(bytes.starts(with: "<domainCapabilities>".utf8))
    case .failed(_, let why): skip("libvirt has no domain capabilities here: \(why)")
    case let other: Issue.record("\(other)")
    }
    switch host.ask(.libvirt(.nodeSEVInfo)) {
    case .bytes(let bytes):
      // Numbers only: never pdh, cert-chain or cpu0-id.
      for line in lines(bytes[...]) {
        #expect(line.split(separator: 0x20).dropFirst().allSatisfy { decimal($0) != nil })
      }
    case .failed: break
    case let other: Issue.record("\(other)")
    }
    if case .bytes(let names) = host.ask(.libvirt(.nodeDevices)) {
      #expect(lines(names[...]).allSatisfy { $0.starts(with: "pci_".utf8) })
    }

    #expect(kill(daemon.pid, SIGSTOP) == 0)
    let hurried = LiveHost(deadlineSeconds: 2, libvirtURI: daemon.uri, helper: agent)
    let took = ContinuousClock().measure {
      for document in LibvirtDocument.allCases {
        guard case .failed(ETIMEDOUT, _) = hurried.ask(.libvirt(document)) else {
          Issue.record("\(document): \(hurried.ask(.libvirt(document)))")
          return
        }
      }
    }
    #expect(took < .seconds(4))
  }

  @Test func theSocketIsSoughtWhereContainersShareIt() {
    let usual = TemporaryFolder()
    let other = TemporaryFolder()
    let folders = [usual.path, other.path]
    #expect(LibvirtSocket.uri(for: .version, in: folders) == "qemu:///system")
    other.put("libvirt-sock", "")
    other.put("virtqemud-sock-ro", "")
    #expect(
      LibvirtSocket.uri(for: .domainCapabilities, in: folders)
        == "qemu+unix:///system?socket=\(other.path)/libvirt-sock")
    #expect(
      LibvirtSocket.uri(for: .version, in: folders)
        == "qemu+unix:///system?socket=\(other.path)/virtqemud-sock-ro")
    usual.put("virtqemud-sock", "")
    #expect(LibvirtSocket.uri(for: .domainCapabilities, in: folders) == "qemu:///system")
  }
}
