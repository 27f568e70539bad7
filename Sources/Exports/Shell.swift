// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Words for a POSIX shell.
enum Shell {
  /// In single quotes wherever a shell would make something of it.
  static func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
          || Array("_-./:=,@".utf8).contains($0)
      }
    return isPlain
      ? text
      : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }

  static func script(_ what: String, _ version: String) -> String {
    "#!/bin/sh\n" + PlanFile.heading(what, version) + "set -eu\n"
  }
}
