// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// The other side of `Helper`: what a program does that was called to answer one question.
public enum HelperEntry {
  /// The name under which a process can always run itself again.
  public static let thisProgram = CHOST_THIS_PROGRAM
  static let flag = "--answer-as-helper"
  /// With all the privileges that it has, for debugging.
  static let freeFlag = "--answer-as-free-helper"

  /// Answers on standard output and returns the exit status, if `arguments` ask for that.
  ///
  /// Must come before the arguments are parsed in any other way.
  public static func run(_ arguments: [String]) -> Int32? {
    guard arguments.count == 4, [flag, freeFlag].contains(arguments[1]) else { return nil }
    // Only what `Helper` sends: this is no way to read files as somebody else.
    guard let question = Question(arguments[2]), question.hazard == .mayHang else { return 64 }
    if arguments[1] == flag { Confinement.confineHelper() }
    do throws(SystemError) {
      try Writing.all(answer(question, of: arguments[3]).frame, to: STDOUT_FILENO)
      return 0
    } catch {
      return 74
    }
  }

  static func answer(_ question: Question, of target: String) -> Answer {
    switch question {
    case .libvirt(let document): return LibvirtConnection.ask(document, uri: target)
    case .ioctl(let ioctl):
      do throws(SystemError) {
        return ioctl.send(to: try Place.machine.openDevice(target))
      } catch {
        return error.answer(target)
      }
    default: return .withheld("not a question for a helper")
    }
  }
}
