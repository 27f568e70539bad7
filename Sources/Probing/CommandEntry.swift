// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Glibc
internal import LiveHost
internal import Tape

/// How a program of this package starts and ends.
public enum CommandEntry {
  /// Answers as a helper if that is what the program was called for; otherwise parses its arguments and runs, a
  /// `HostCommand` as the supervised child of itself.
  ///
  /// Exit status: 0, or what `command` throws as an `ExitCode`; 2 after one line about an input; 64 after one about
  /// the arguments.
  public static func main(_ command: any ParsableCommand.Type) -> Never {
    if let status = HelperEntry.run(CommandLine.arguments) { exit(status) }
    do {
      var parsed = try command.parseAsRoot()
      if let asking = parsed as? any HostCommand, asking.asksHost {
        try asking.probing.supervise(writing: asking.outputs)
      }
      try parsed.run()
    } catch let error as InputError {
      Writing.complain("hostcap: \(error)")
      exit(2)
    } catch {
      let status = command.exitCode(for: error)
      // Help and the like, and statuses without a word.
      guard status == .validationFailure else { command.exit(withError: error) }
      // It quotes arguments, and a shell puts whatever files are called among them.
      Writing.complain(lines: command.fullMessage(for: error))
      exit(status.rawValue)
    }
    exit(0)
  }
}
