// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import LiveHost

// attempt prober|helper|free NAME VICTIM: makes one attempt from a probe, confined as the process that reads a host, as a helper,
// or not at all, and prints the errno that it came to; 0: it was done. attempt list: the attempts.
switch Swift.CommandLine.arguments.dropFirst().first {
case "list": for each in Attempt.all { print(each.name) }
case "prober", "free":
  try Supervisor(
    deadlineSeconds: 20,
    helper: HelperEntry.thisProgram, isConfined: Swift.CommandLine.arguments[1] == "prober"
  ).start()
  show(LiveHost())
case "helper":
  Confinement.confineHelper()
  show(LiveHost())
default: print("attempt list, or prober, helper or free with a name and a file")
}

func show(_ host: LiveHost) {
  if case .text(let text)? = HostReport(host, probes: [HostileProbe.self]).fact("hostile.outcome") {
    // Standard output is the supervisor's.
    try? OutputFile.write(Array("\(text)\n".utf8), to: "-")
  }
}
