// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import Tape

/// Other people's program that runs for minutes and starts programs of its own: `spark-sql`.
///
/// It leads a process group, which ends as a whole when its time is up or when we are told to end; it gets no shell and
/// no terminal. What it says goes to files. Who kills us with SIGKILL leaves it running.
public struct LongProgram: Sendable {
  /// How it ended.
  public enum End: Sendable {
    /// By itself, with this status; 128 and more: a signal ended it.
    case exited(status: Int)
    /// We ended it, for it had no more time.
    case timedOut(after: Int)
    /// We ended it, for this signal told us to end; `passOn` does the rest.
    case told(signal: Int32)
  }

  /// Seconds that a group has after SIGTERM, before SIGKILL.
  private static let grace = 10
  /// What ends us, if it is not ignored: Ctrl-C, `kill`, a terminal that is closed, Ctrl-\.
  private static let ends = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// A path, or a name as `PATH` finds it.
  public let name: String
  /// Beside what we have ourselves; of two of one name this counts.
  public let environment: [(name: String, value: String)]

  public init(_ name: String, environment: [(name: String, value: String)] = []) {
    (self.name, self.environment) = (name, environment)
  }

  /// Runs it to its end, or ends it.
  ///
  /// - Parameters:
  ///   - output: a file, made anew, for its standard output.
  ///   - errors: the same for its standard error.
  ///   - seconds: that it has.
  ///
  /// Errors: it is not there, or cannot be started; a file that cannot be made.
  public func run(
    _ arguments: [String], output: String, errors: String, seconds: Int
  ) throws(InputError) -> End {
    do throws(SystemFault) {
      // Safe, here and below: everything pointed to lives until the call returns.
      var watched = sigset_t()
      unsafe sigemptyset(&watched)
      for signal in [SIGCHLD] + Self.ends where signal == SIGCHLD || !Self.isIgnored(signal) {
        unsafe sigaddset(&watched, signal)
      }
      var before = sigset_t()
      // From before it starts: a signal in between would leave it alone in the world.
      guard unsafe pthread_sigmask(SIG_BLOCK, &watched, &before) == 0 else { throw .last }
      defer { unsafe _ = pthread_sigmask(SIG_SETMASK, &before, nil) }
      let child = try start(arguments, output, errors)
      return try Self.end(of: child, watched, seconds)
    } catch {
      throw InputError(name, error.code == ENOENT ? "is not there" : "cannot be run: \(error.text)")
    }
  }

  /// Ends us as the signal would have: whoever started us sees it.
  public static func passOn(_ number: Int32) -> Never {
    signal(number, SIG_DFL)
    var set = sigset_t()
    // Safe: `set` outlives the calls. Whoever started us may have blocked it for us.
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(number)
    exit(128 + number)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    // Safe: it writes into `action` only.
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  private func start(
    _ arguments: [String], _ output: String, _ errors: String
  ) throws(SystemFault) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    let codes = [
      unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0),
      unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, flags, 0o600),
      unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, flags, 0o600),
    ]
    if let code = codes.first(where: { $0 != 0 }) { throw SystemFault(code) }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    // It blocks no signal and ends at SIGTERM, whatever we do.
    var (blocked, usual) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&blocked)
    unsafe sigemptyset(&usual)
    unsafe sigaddset(&usual, SIGTERM)
    unsafe posix_spawnattr_setsigmask(&attributes, &blocked)
    unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words = unsafe ([name] + arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    var settings = unsafe surroundings().map { unsafe strdup($0) }
    unsafe settings.append(nil)
    defer {
      unsafe words.forEach { unsafe free($0) }
      unsafe settings.forEach { unsafe free($0) }
    }
    var child: pid_t = 0
    let code = unsafe posix_spawnp(&child, name, &actions, &attributes, words, settings)
    guard code == 0 else { throw SystemFault(code) }
    return child
  }

  private func surroundings() -> [String] {
    var settings: [String] = []
    // Safe: nobody changes the environment of this program while it runs; each text is copied.
    unsafe (0...).lazy.map { unsafe environ[$0] }.prefix { unsafe $0 != nil }.forEach { text in
      if let text = unsafe text { settings.append(unsafe String(cString: text)) }
    }
    let own = environment.map { "\($0.name)=" }
    return settings.filter { text in !own.contains { text.hasPrefix($0) } }
      + environment.map { "\($0.name)=\($0.value)" }
  }

  private static func end(
    of child: pid_t, _ watched: sigset_t, _ seconds: Int
  ) throws(SystemFault) -> End {
    let last = now() + 1000 * seconds
    while true {
      if try hasEnded(child) { return .exited(status: try reap(child)) }
      let signal = wait(for: watched)
      if signal == SIGCHLD || signal == nil && now() < last { continue }
      kill(-child, SIGTERM)
      let end = now() + 1000 * grace
      while try !hasEnded(child), now() < end { _ = wait(for: watched) }
      _ = try reap(child)
      if let signal { return .told(signal: signal) }
      return .timedOut(after: seconds)
    }
  }

  /// One of the signals; `nil`: none came in a fifth of a second. Where there are other threads, they may get them.
  private static func wait(for watched: sigset_t) -> Int32? {
    var watched = watched
    var time = timespec(tv_sec: 0, tv_nsec: 200_000_000)
    // Safe: both live until the call returns.
    let signal = unsafe sigtimedwait(&watched, nil, &time)
    return signal > 0 ? signal : nil
  }

  /// It has still to be reaped: its number, and its group's, stay its own until then.
  private static func hasEnded(_ child: pid_t) throws(SystemFault) -> Bool {
    var about = unsafe siginfo_t()
    // Safe: `about` outlives the call.
    while unsafe waitid(P_PID, id_t(child), &about, WEXITED | WNOHANG | WNOWAIT) < 0 {
      if errno != EINTR { throw .last }
    }
    return unsafe about._sifields._sigchld.si_pid == child
  }

  /// Its status; whoever of its group is left has nobody to work for, and ends now.
  private static func reap(_ child: pid_t) throws(SystemFault) -> Int {
    kill(-child, SIGKILL)
    var status: Int32 = 0
    // Safe: `status` outlives the call.
    while unsafe waitpid(child, &status, 0) < 0 {
      if errno != EINTR { throw .last }
    }
    // Source: wait(2); the macros are not visible here.
    let signal = Int(status & 0x7f)
    return signal == 0 ? Int(status >> 8 & 0xff) : 128 + signal
  }

  /// Milliseconds since some moment.
  private static func now() -> Int {
    var time = timespec()
    // Safe: it writes into `time` only.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
