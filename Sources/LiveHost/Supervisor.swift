// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc
public import Tape

/// Splits the program in two: a child that reads the host and judges, confined to that, and this process, which writes the
/// child's output files, asks what may hang in helper processes, and ends a child that waits for an answer too long.
///
/// Such a child is started anew, and what it waited for counts as unanswered. A child that the kernel will not let die is
/// left behind.
public struct Supervisor {
  /// Paths that the child may have written, as it will name them.
  private let outputs: [String]
  private let root: String?
  private let deadlineSeconds: Int
  private let isConfined: Bool
  private let helper: Helper

  /// Milliseconds between two looks at the child.
  private static let glance: Int32 = 100

  /// - Parameters:
  ///   - root: a folder that the child reads as a host; it is opened here, for /proc/1/root wants privilege to be followed.
  ///   - helper: the program that calls `HelperEntry.run`.
  ///   - isConfined: whether both sides give up what they do not need.
  public init(
    outputs: [String] = [], root: String? = nil, deadlineSeconds: Int, helper: String, isConfined: Bool
  ) {
    (self.outputs, self.deadlineSeconds, self.isConfined) = (outputs, deadlineSeconds, isConfined)
    self.root = root
    self.helper = Helper(.program(helper), deadlineSeconds: deadlineSeconds, isConfined: isConfined)
  }

  /// Returns in the child. This process ends as its child does: with its exit status, 128 and more for a signal.
  ///
  /// Must come while the program has one thread and has written nothing. Errors: the system gives no second process.
  public func start() throws(InputError) {
    chost_hold_standard_descriptors()
    var silence = Silence(deadlineSeconds: deadlineSeconds)
    guard let progress = Progress() else { throw InputError("supervisor", SystemError.last.text) }
    // One that cannot be opened is the child's to complain of.
    let folder = root.flatMap { path in (try? Place.folder(path).release()).map { (path: path, number: $0) } }
    let daemons = root == nil ? DaemonRoots() : nil
    if isConfined { Confinement.confineSupervisor(writing: outputs.map(OpenOutput.place)) }
    let kept = ((daemons?.descriptors ?? []) + [folder?.number].compactMap { $0 }).sorted()
    let (isTerminal, columns) = (Terminal.isTerminal(), Terminal.columns())
    while true {
      progress.reset()
      var (line, errors): (Int32, Int32) = (-1, -1)
      // Safe: everything outlives the call, and nothing of this program runs on another thread.
      let child = unsafe chost_split(&line, &errors, kept, kept.count)
      if child < 0 { throw InputError("supervisor", SystemError(-child).text) }
      let channel = Channel(number: line)
      if child == 0 {
        let given = isConfined ? Confinement.confineProber() : []
        return Supervised.become(
          Supervised(
            channel: channel, progress: progress, silence: silence, confinement: given, daemons: daemons,
            isTerminal: isTerminal, columns: columns, root: folder))
      }
      var hasSpoken = false
      let outcome = serve(channel, errors, progress, &hasSpoken)
      var status: Int32 = -1
      // Safe: `status` outlives the call.
      unsafe chost_end(child, outcome == .gone ? 0 : 1, &status)
      while chost_wait_readable(errors, -1, 0) != 0, Self.relay(errors, &hasSpoken) {}
      close(line)
      close(errors)
      switch outcome {
      case .gone: Self.end(status, progress, hasSpoken)
      case .strange:
        Writing.complain("hostcap: the process that reads the host does not speak as it should")
        exit(2)
      case .stuck: break
      }
      guard let question = progress.question, silence.questions.count < Silence.limit else {
        Writing.complain("hostcap: too many questions had no reply; the last was \(progress.text)")
        exit(2)
      }
      silence.add(question)
    }
  }

  /// Why a child is served no longer.
  private enum Outcome {
    /// It has ended, or has closed its end of the line.
    case gone
    /// It waits for an answer, and has done so too long.
    case stuck
    /// What it says is no wish, or cannot be read.
    case strange
  }

  /// Does what the child wishes.
  private func serve(
    _ channel: Channel, _ errors: Int32, _ progress: Progress, _ hasSpoken: inout Bool
  ) -> Outcome {
    var (turn, since) = (progress.turn, Self.milliseconds())
    var (desk, errors) = (OutputDesk(outputs), errors)
    defer { desk.discard() }
    while true {
      let ready = chost_wait_readable(channel.number, errors, Self.glance)
      if ready & 2 != 0, !Self.relay(errors, &hasSpoken) { errors = -1 }
      if ready & 1 != 0 {
        let message: [UInt8]?
        do throws(SystemError) {
          message = try channel.receive(limit: Wish.limit)
        } catch {
          // It ended without having heard us out.
          return error.code == ECONNRESET ? .gone : .strange
        }
        guard let message else { return .gone }
        guard let wish = Wish(message) else { return .strange }
        let isSent: Void? =
          switch wish {
          case .ask(let question, let target): try? channel.send(helper.ask(question, of: target).frame)
          case .open, .commit, .discard: try? desk.serve(wish, on: channel)
          }
        guard isSent != nil else { return .gone }
        since = Self.milliseconds()
      }
      let now = progress.turn
      if now != turn || now % 2 == 0 { (turn, since) = (now, Self.milliseconds()) }
      if Self.milliseconds() - since >= deadlineSeconds * 1000 { return .stuck }
    }
  }

  /// Hands on what the child said on standard error. False: there is no more.
  private static func relay(_ errors: Int32, _ hasSpoken: inout Bool) -> Bool {
    var piece = [UInt8](repeating: 0, count: 4096)
    // Safe: the call writes at most the length it is given.
    let got = unsafe piece.withUnsafeMutableBytes { unsafe read(errors, $0.baseAddress, $0.count) }
    guard got > 0 else { return got < 0 && errno == EINTR }
    hasSpoken = true
    // There is nobody left to tell when this fails.
    try? Writing.all(Array(piece.prefix(got)), to: STDERR_FILENO)
    return true
  }

  private static func end(_ status: Int32, _ progress: Progress, _ hasSpoken: Bool) -> Never {
    // From `chost_split`: no command ends with it.
    if status == 126 {
      Writing.complain("hostcap: the process that reads the host cannot be set up")
      exit(2)
    }
    if status == 2, !hasSpoken {
      Writing.complain("hostcap: the process that reads the host failed, and what it said was lost")
    }
    let signals = [SIGINT, SIGTERM, SIGHUP, SIGPIPE].map { 128 + $0 }
    if status < 0 || (status > 128 && !signals.contains(status)) {
      let ending = status < 0 ? "in an unknown way" : "by signal \(status - 128)"
      let place = progress.turn % 2 == 1 ? ", asking \(progress.text)" : ""
      Writing.complain("hostcap: the process that reads the host ended \(ending)\(place)")
    }
    // Not exit: what the child has flushed is not flushed again.
    _exit(status < 0 ? 2 : status)
  }

  private static func milliseconds() -> Int {
    var now = timespec()
    // Safe: `now` lives until the call returns.
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
