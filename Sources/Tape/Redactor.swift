// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Replaces what identifies a machine or a person by stable pseudonyms, before anything is judged or recorded.
///
/// Serial numbers, MAC and IP addresses, UUIDs, host names and the machine-id never pass. The same host gives the same
/// pseudonyms every time, another host others, and nobody can turn them back: they are HMAC-SHA-256 under the
/// host's machine-id, which itself never passes. Where there is no such key, fixed words and numbers in order of
/// appearance take their place. What is a pseudonym already stays, so that redacting twice changes nothing.
///
/// A name that was replaced in one answer may stand in a later question; it is asked under the real one.
///
/// Not Sendable: one run, one redactor.
public final class Redactor: HostSource {
  private let host: any HostSource
  private let pseudonyms: Pseudonyms
  private let scrubber: Scrubber

  public init(_ host: any HostSource) {
    self.host = host
    pseudonyms = Pseudonyms(key: Pseudonyms.key(of: host))
    scrubber = Scrubber(pseudonyms, names: HostNames(host))
  }

  public func ask(_ question: Question) -> Answer {
    let real = question.withPath { scrubber.restored($0) }
    return redact(host.ask(real), to: real)
  }

  /// The question as it may be written down.
  func redact(_ question: Question) -> Question {
    question.withPath { String(decoding: scrubber.scrubbed(Array($0.utf8)[...], .attribute), as: UTF8.self) }
  }

  func redact(_ answer: Answer, to question: Question) -> Answer {
    switch answer {
    case .bytes(let bytes): redact(bytes, by: RedactionRule(for: question))
    case .absent: .absent
    case .denied: .denied
    case .withheld(let why): .withheld(redact(why))
    case .failed(let code, let why): .failed(code: code, redact(why))
    }
  }

  private func redact(_ why: String) -> String {
    String(decoding: scrubber.scrubbed(Array(why.utf8)[...], .prose), as: UTF8.self)
  }

  private func redact(_ bytes: [UInt8], by rule: RedactionRule) -> Answer {
    switch rule {
    case .keep: return .bytes(bytes)
    case .withhold(let why): return .withheld(why)
    case .identifier(let kind): return .bytes(scrubber.replaced(bytes, as: kind))
    case .interfaceAddress: return .bytes(scrubber.interfaceAddress(bytes))
    case .commandLine: return .bytes(scrubber.commandLine(bytes))
    case .kernelLog: return .bytes(scrubber.kernelLog(bytes))
    case .document: return .bytes(scrubber.document(bytes))
    case .configuration: return .bytes(pseudonyms.configuration(bytes))
    case .keyed(let keys, let scope): return .bytes(scrubber.keyedLines(bytes, keys: keys, scope))
    case .scrub(let scope): return .bytes(scrubber.scrubbed(bytes, scope))
    case .names: return .bytes(scrubber.nameList(bytes))
    }
  }
}

extension Tape {
  /// The tape without what identifies its host, in questions and answers. A redacted tape stays as it is.
  public func redacted() -> Tape {
    let redactor = Redactor(self)
    var redacted = Tape()
    // In order, because a host without a key numbers what it replaces.
    let lines = answers.map { (ask: $0.key.description, question: $0.key, answer: $0.value) }
    for line in lines.sorted(by: { $0.ask.utf8.lexicographicallyPrecedes($1.ask.utf8) }) {
      redacted[redactor.redact(line.question)] = redactor.redact(line.answer, to: line.question)
    }
    return redacted
  }
}

extension Question {
  /// The question with its path, if it has one, changed.
  fileprivate func withPath(_ change: (String) -> String) -> Question {
    switch self {
    case .file(let path): .file(change(path))
    case .directory(let path): .directory(change(path))
    case .link(let path): .link(change(path))
    default: self
    }
  }
}
