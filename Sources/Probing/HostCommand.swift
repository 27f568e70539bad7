// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser

/// A command that asks the host it runs on: in a process that can do nothing but read.
public protocol HostCommand: ParsableCommand {
  var probing: ProbeOptions { get }
  /// Whether it asks a host this time, and does not judge files.
  var asksHost: Bool { get }
  /// Files that it may write, besides the tape; `-` is none. Any other is refused.
  var outputs: [String] { get }
}

extension HostCommand {
  public var asksHost: Bool { true }
}
