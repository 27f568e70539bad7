// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Glibc
internal import Synchronization

/// This process, where a `Supervisor` started it: it reads and judges, and asks its supervisor for all else.
public struct Supervised: Sendable {
  let channel: Channel
  let progress: Progress
  /// What got no reply when this was tried before.
  let silence: Silence
  /// What this process gave up. Empty: nothing, by --no-sandbox.
  let confinement: [Confinement]
  /// What was looked at before privileges were given up. `nil`: another root is read, which has none.
  let daemons: DaemonRoots?
  /// Whether the supervisor's standard output is a terminal, and how wide.
  let isTerminal: Bool
  let columns: Int?
  /// The folder that is read as a host, open. `nil`: it is this machine, or that could not be opened.
  let root: (path: String, number: Int32)?

  private static let state = Mutex<Supervised?>(nil)
  /// `nil`: nobody supervises this process.
  static var current: Supervised? { state.withLock { $0 } }
  static func become(_ supervised: Supervised) { state.withLock { $0 = supervised } }

  /// Asks in a helper process of the supervisor's.
  func ask(_ question: Question, of target: String) -> Answer {
    do throws(SystemError) {
      try channel.send(Wish.ask(question, target: target).message)
      if let frame = try channel.receive(limit: Helper.limit), let answer = Answer(frame: frame) {
        return answer
      }
      return .failed(code: 0, "\(question): the supervisor did not answer")
    } catch {
      return .failed(code: error.code, "\(question): the supervisor did not answer: \(error.text)")
    }
  }

  func write(to path: String, isPublic: Bool, _ draw: OutputFile.Drawing) throws(SystemError) {
    try channel.send(Wish.open(path: path, isPublic: isPublic).message)
    let file = try Descriptor(owning: try channel.receiveOutcome())
    do throws(SystemError) {
      try Writing.pieces(draw, to: file.number)
    } catch {
      try channel.send(Wish.discard.message)
      _ = try channel.receiveOutcome()
      throw error
    }
    try channel.send(Wish.commit.message)
    _ = try channel.receiveOutcome()
  }
}
