// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Glibc
public import Tape

/// Other people's programs that do a piece of the work: `ssh-keygen`, `curl`.
///
/// They are found on `PATH` and get no shell. Their input and output are files in memory: nobody has to read while another
/// writes. Errors: the program is not there or cannot be started; that it fails is an outcome.
public struct Program: Sendable {
  /// What a program came to.
  public struct Outcome: Sendable, Hashable {
    /// Its exit status; 128 and more: a signal ended it.
    public let status: Int
    public let output: [UInt8]
    /// As it stands on standard error.
    public let errors: [UInt8]

    /// The first line on standard error, for a refusal of one line.
    public var complaint: String {
      let line = errors.split(separator: UInt8(ascii: "\n")).first ?? []
      return line.isEmpty ? "exit status \(status)" : String(decoding: line, as: UTF8.self)
    }
  }

  public let name: String

  /// - Parameter name: as `PATH` finds it.
  public init(_ name: String) { self.name = name }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - input: what it may read; it need not.
  ///   - file: what it finds as `/dev/fd/3`.
  ///   - other: what it finds as `/dev/fd/4`.
  public func run(
    _ arguments: [String], input: [UInt8] = [], file: [UInt8] = [], other: [UInt8] = []
  ) throws(InputError) -> Outcome {
    do throws(SystemError) {
      let input = try Self.file(input)
      let file = try Self.file(file)
      let other = try Self.file(other)
      let output = try Self.file([])
      let errors = try Self.file([])
      let child = try start(arguments, input, output, errors, file, other)
      return Outcome(
        status: try Self.wait(for: child), output: try Self.content(output),
        errors: try Self.content(errors))
    } catch {
      throw InputError(name, "cannot be run: \(error.text)")
    }
  }

  private func start(
    _ arguments: [String], _ input: borrowing Descriptor, _ output: borrowing Descriptor,
    _ errors: borrowing Descriptor, _ file: borrowing Descriptor, _ other: borrowing Descriptor
  ) throws(SystemError) -> pid_t {
    // Safe, here and below: everything pointed to lives until the call returns, and the copies are freed once.
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    // Above all of them first, so that no number is taken before it has been copied; and low, for a process may have few.
    let own = [input.number, output.number, errors.number, file.number, other.number]
    let first = max(own.max() ?? 0, 4) + 1
    let high = own.indices.map { first + Int32($0) }
    let ends = Array(zip(own, high)) + Array(zip(high, [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, 3, 4]))
    for (from, to) in ends {
      // Without its files the child would have ours.
      let code = unsafe posix_spawn_file_actions_adddup2(&actions, from, to)
      guard code == 0 else { throw SystemError(code) }
    }
    for number in high {
      let code = unsafe posix_spawn_file_actions_addclose(&actions, number)
      guard code == 0 else { throw SystemError(code) }
    }
    var words = unsafe ([name] + arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let code = unsafe posix_spawnp(&child, name, &actions, nil, words, environ)
    guard code == 0 else { throw SystemError(code) }
    return child
  }

  private static func wait(for child: pid_t) throws(SystemError) -> Int {
    var status: Int32 = 0
    // Safe: `status` outlives the call.
    while unsafe waitpid(child, &status, 0) < 0 {
      if errno != EINTR { throw .last }
    }
    // Source: wait(2); the macros are not visible here.
    let signal = Int(status & 0x7f)
    return signal == 0 ? Int(status >> 8 & 0xff) : 128 + signal
  }

  private static func file(_ bytes: [UInt8]) throws(SystemError) -> Descriptor {
    let number = chost_memory_file()
    guard number >= 0 else { throw SystemError(-number) }
    let file = try Descriptor(owning: number)
    try Writing.all(bytes, to: file.number)
    guard lseek(file.number, 0, SEEK_SET) == 0 else { throw .last }
    return file
  }

  private static func content(_ file: borrowing Descriptor) throws(SystemError) -> [UInt8] {
    guard lseek(file.number, 0, SEEK_SET) == 0 else { throw .last }
    return try InputFile.bytes(of: file.number, limit: 64 << 20)
  }
}
