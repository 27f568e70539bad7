// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Looks at one part of a host. Never throws, logs or prints: what it could not learn is an `unknown` rung with a citation.
public protocol Probe: Sendable {
  /// Lower case: what `--only` and `--skip` take.
  static var id: String { get }
  /// What it looks at, one line for `hostcap list`.
  static var summary: String { get }
  /// The tables it climbs for the host as a whole.
  static var ladders: [Ladder] { get }
  static func examine(_ host: any HostSource) -> ProbeResult
}

/// What one probe adds to a report.
public struct ProbeResult: Sendable {
  public var climbs: [Climb] = []
  public var facts: [Fact] = []
  public var contradictions: [Contradiction] = []
  public var findings: [Finding] = []
  /// Every function, from the PCI probe alone.
  public var functions: [PCIFunction] = []
  /// What else is known of them, by address; from the PCI probe alone.
  public var functionDetails: [FunctionDetails] = []
  /// By address of the PF, from the SR-IOV probe alone.
  public var physicalFunctions: [PhysicalFunction] = []
  /// From the passthrough probe alone.
  public var units: [AssignableUnit] = []
  /// From the accelerators probe alone.
  public var accelerators: [Accelerator] = []

  public init() {}
}

/// Draws a report. Decides nothing.
public protocol Renderer: Sendable {
  /// What `--format` takes.
  static var format: String { get }
  static var mediaType: String { get }
  static func render(_ report: HostReport, into output: inout [UInt8])
  /// The same in pieces: `drain` may take what is there at any time.
  static func render(
    _ report: HostReport, into output: inout [UInt8], draining drain: (inout [UInt8]) -> Void)
}

extension Renderer {
  /// For forms that are short: in one piece.
  public static func render(
    _ report: HostReport, into output: inout [UInt8], draining drain: (inout [UInt8]) -> Void
  ) {
    render(report, into: &output)
  }
}
