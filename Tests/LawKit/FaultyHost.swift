// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A host of which one question goes wrong in one way. Counts how often each question reaches it.
///
/// Not Sendable: one run, one host.
public final class FaultyHost: HostSource {
  private let host: any HostSource
  private let question: Question
  private let fault: Fault
  public private(set) var timesAsked: [Question: Int] = [:]

  public init(_ host: any HostSource, _ question: Question, _ fault: Fault) {
    (self.host, self.question, self.fault) = (host, question, fault)
  }

  public func ask(_ question: Question) -> Answer {
    timesAsked[question, default: 0] += 1
    switch fault {
    case .vanishing(let entry), .appearing(let entry): return listing(question, entry)
    case .changing(let later):
      let isFirst = question != self.question || timesAsked[question] == 1
      return isFirst ? host.ask(question) : later.answer
    default: return question == self.question ? wrong(host.ask(question)) : host.ask(question)
    }
  }

  private func wrong(_ answer: Answer) -> Answer {
    switch fault {
    case .absent: return .absent
    case .denied: return .denied
    case .ioError: return .failed(code: 5, "EIO")
    case .timedOut: return Self.timeout
    case .empty: return .bytes([])
    case .garbage(let kind, let count): return .bytes(kind.bytes(count))
    case .truncated(let cut):
      guard case .bytes(let bytes) = answer else { return answer }
      return .bytes(cut.applied(to: bytes))
    case .changing, .vanishing, .appearing: return answer
    }
  }

  /// As a helper that was given up says it.
  static let timeout = Answer.failed(code: 110, "no reply within 10 s")

  private func listing(_ question: Question, _ entry: String) -> Answer {
    guard case .directory(let folder) = self.question else { return host.ask(question) }
    if isBehind(question, "\(folder)/\(entry)", entry) { return .absent }
    let answer = host.ask(question)
    guard case .appearing = fault, question == self.question, case .bytes(let bytes) = answer else {
      return answer
    }
    let names = (lines(bytes[...]).map(Array.init) + [Array(entry.utf8)])
    let sorted = names.sorted { $0.lexicographicallyPrecedes($1) }
    return .bytes(sorted.flatMap { $0 + [UInt8(ascii: "\n")] })
  }

  private func isBehind(_ question: Question, _ path: String, _ entry: String) -> Bool {
    switch question {
    case .file(let asked), .directory(let asked), .link(let asked):
      asked == path || asked.hasPrefix("\(path)/")
    case .pciConfig(let address): address.description == entry
    default: false
    }
  }
}

extension Fault.Later {
  var answer: Answer {
    switch self {
    case .absent: .absent
    case .ioError: .failed(code: 5, "EIO")
    case .garbage: .bytes(Garbage.printable.bytes(100))
    }
  }
}
