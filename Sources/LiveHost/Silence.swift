// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import Glibc

/// Questions that got no reply in this run, and what is left alone because of them.
///
/// One is not asked again. Where a PCI function leaves a second one open, none of its files is asked: each may cost a deadline.
struct Silence {
  private(set) var questions: [Question] = []
  private var folders: [(folder: String, because: Question)] = []
  let deadlineSeconds: Int

  /// So many deadlines, and the rest of the two topmost folders is left alone too: of /sys/bus, say.
  static let patience = 6
  /// So many, and nothing is asked any more.
  static let limit = 10

  init(deadlineSeconds: Int) { self.deadlineSeconds = deadlineSeconds }

  mutating func add(_ question: Question) {
    if let function = Self.function(of: question),
      questions.contains(where: { Self.function(of: $0) == function })
    {
      folders.append((function, question))
    }
    questions.append(question)
    guard questions.count >= Self.patience, let path = Self.path(of: question) else { return }
    folders.append(("/" + path.split(separator: "/").dropLast().prefix(2).joined(separator: "/"), question))
  }

  /// The answer that `question` has without being asked; `nil`: ask.
  func answer(to question: Question) -> Answer? {
    guard !questions.isEmpty else { return nil }
    if questions.contains(question) {
      return .failed(code: ETIMEDOUT, "\(question): no reply within \(deadlineSeconds) s")
    }
    guard let path = Self.path(of: question) else { return nil }
    return folders.first { path == $0.folder || path.hasPrefix($0.folder + "/") }.map { entry in
      .failed(
        code: ETIMEDOUT,
        "\(question): not asked, for \(entry.because) had no reply within \(deadlineSeconds) s")
    }
  }

  private static let functions = "/sys/bus/pci/devices/"

  /// The folder of the PCI function that a question is about.
  private static func function(of question: Question) -> String? {
    guard let path = path(of: question), path.hasPrefix(functions) else { return nil }
    return path.dropFirst(functions.count).split(separator: "/").first.map { functions + $0 }
  }

  private static func path(of question: Question) -> String? {
    switch question {
    case .file(let path), .directory(let path), .link(let path): path
    case .pciConfig(let address): "\(functions)\(address)/config"
    default: nil
    }
  }
}
