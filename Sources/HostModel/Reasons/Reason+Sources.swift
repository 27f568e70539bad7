// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

extension Reason {
  /// What keeps hostcap from knowing; the fix lets it look.
  static let sources: [Reason] = [
    sourceDenied, sourceAbsent, sourceWithheld, sourceLeftOut, sourceUnreadable, sourceTimeout,
    msrModuleNotLoaded,
    mayBeGuest,
  ]

  public static let sourceDenied = Reason(
    "source.denied", .none, "run hostcap-agent as root", check: "id -u")
  public static let sourceAbsent = Reason(
    "source.absent", .none, "nothing on this host answers; see the cited path", check: "ls -l PATH")
  public static let sourceWithheld = Reason(
    "source.withheld", .none, "run hostcap-agent on the host itself, or record a tape there",
    check: "hostcap-agent --tape host.jsonl")
  public static let sourceLeftOut = Reason(
    "source.left_out", .none, "run hostcap-agent again without the option that left it out",
    check: "hostcap-agent")
  public static let sourceUnreadable = Reason(
    "source.unreadable", .none, "report the cited value: it is not of the documented form", check: "cat PATH")
  public static let sourceTimeout = Reason(
    "source.timeout", .none,
    "run hostcap-agent again, with a longer --deadline; if it never answers, reboot: /dev/sev's firmware or a daemon hangs",
    check: "dmesg | grep -i 'timed out'")
  public static let msrModuleNotLoaded = Reason(
    "source.msr_module_not_loaded", .none, "modprobe msr, then run hostcap-agent as root again",
    check: "ls /dev/cpu/0/msr")
  public static let mayBeGuest = Reason(
    "source.may_be_guest", .none, "run hostcap-agent as root on the machine itself",
    check: "systemd-detect-virt")

  /// Why a source was not asked: an option of the run says so, or the dump does not hold it.
  public static func whenWithheld(_ why: String) -> Reason {
    why.hasPrefix("left out by") ? sourceLeftOut : sourceWithheld
  }

  /// Why a source that every host could have is not there.
  static func whenAbsent(_ question: Question) -> Reason {
    if case .msr = question { msrModuleNotLoaded } else { sourceAbsent }
  }
}
