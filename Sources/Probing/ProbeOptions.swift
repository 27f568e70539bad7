// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import HostModel
internal import LiveHost
public import Tape

/// How a host is to be asked: what every command that probes takes.
public struct ProbeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Run these probes only; repeatable.", valueName: "probe,…"), transform: list)
  public var only: [[String]] = []

  @Option(help: ArgumentHelp("Leave these probes out; repeatable.", valueName: "probe,…"), transform: list)
  public var skip: [[String]] = []

  @Option(
    help: ArgumentHelp(
      "Wait at most this long for libvirt and for firmware, each time.", valueName: "seconds"))
  public var deadline = 10

  @Option(
    help: ArgumentHelp(
      "Probe the host below this folder: its root mounted there, or a copy of its files.", valueName: "dir"),
    completion: .directory)
  public var root: String?

  @Flag(help: "Wake suspended PCI functions to read them.")
  public var wake = false

  @Flag(
    help: "Judge as bare metal although the processor says guest: for emulated machines. The report says so.")
  public var assumeBareMetal = false

  @Option(help: ArgumentHelp("Ask this libvirt instead of qemu:///system.", valueName: "uri"))
  public var libvirtURI: String?

  @Flag(help: "Compare libvirt's list of PCI functions with the kernel's; slow where there are thousands.")
  public var libvirtDevices = false

  @Flag(
    help: "For debugging: let the process that reads the host keep its privileges. The report says so.")
  public var noSandbox = false

  @Option(
    help: ArgumentHelp("Write every question and its answer to this file, redacted.", valueName: "file"),
    completion: .file())
  public var tape: String?

  public init() {}

  public func validate() throws {
    // A day: nobody waits longer, and the number in milliseconds still fits the kernel's.
    guard (1...86_400).contains(deadline) else {
      throw ValidationError("--deadline takes 1 to 86400 seconds.")
    }
  }

  /// Goes on as a child that only reads, for `ProbeRun`; see `Supervisor`.
  ///
  /// - Parameter outputs: files that it may have written, besides the tape.
  func supervise(writing outputs: [String]) throws(InputError) {
    try Supervisor(
      outputs: (outputs + [tape].compactMap { $0 }).filter { $0 != "-" }, root: root,
      deadlineSeconds: deadline,
      helper: HelperEntry.thisProgram, isConfined: !noSandbox
    ).start()
  }

  /// Probes the host and writes the tape, if one is wanted.
  public func run() throws(InputError) -> (report: HostReport, recorder: Recorder) {
    var run = ProbeRun()
    run.only = only.flatMap { $0 }
    run.skip = skip.flatMap { $0 }
    run.deadlineSeconds = deadline
    run.root = root
    run.wake = wake
    run.assumeBareMetal = assumeBareMetal
    run.libvirtURI = libvirtURI
    run.libvirtDevices = libvirtDevices
    run.helper = HelperEntry.thisProgram
    let result = try run.run()
    if let path = tape {
      try OutputFile.write(to: path) { result.recorder.writeTape(into: &$0, draining: $1) }
    }
    return result
  }

  @Sendable private static func list(_ argument: String) -> [String] {
    argument.split(separator: ",").map { String($0) }
  }
}
