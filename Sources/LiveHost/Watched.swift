// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A host whose every question the supervisor sees, so that one without a reply costs a deadline and no more.
public struct Watched: HostSource {
  private let host: any HostSource
  private let supervised: Supervised

  /// Where nobody supervises this process, the host itself.
  public static func host(_ host: any HostSource) -> any HostSource {
    Supervised.current.map { Watched(host: host, supervised: $0) } ?? host
  }

  public func ask(_ question: Question) -> Answer {
    if let silent = supervised.silence.answer(to: question) { return silent }
    supervised.progress.begin(question)
    defer { supervised.progress.end() }
    return host.ask(question)
  }
}
