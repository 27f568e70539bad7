// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// Where a unit of one function is: what tells it from others of its kind.
struct Spot {
  let address: PCIAddress
  let group: Int
  /// Their folders, with a slash behind.
  private let folder, groupFolder: String

  init(_ address: PCIAddress, group: Int) {
    (self.address, self.group) = (address, group)
    folder = PCIDevices.path(address) + "/"
    groupFolder = IOMMUPaths.group(group) + "/"
  }

  /// A question as the unit would ask it of itself wherever it were.
  enum Local: Hashable {
    enum Form { case file, directory, link }
    /// Of a file in the function's folder.
    case function(Form, String)
    case group(Form, String)
    /// Of the host, and the same for all.
    case host(Question)
  }

  /// `nil`: it is about another function or group, or about registers.
  func local(_ question: Question) -> Local? {
    switch question {
    case .file(let path): local(.file, path, question)
    case .directory(let path): local(.directory, path, question)
    case .link(let path): local(.link, path, question)
    case .pciConfig: nil
    default: .host(question)
    }
  }

  private func local(_ form: Local.Form, _ path: String, _ question: Question) -> Local? {
    if let name = Self.rest(of: path, below: folder) { return .function(form, name) }
    if let name = Self.rest(of: path, below: groupFolder) { return .group(form, name) }
    let isOthers = path.hasPrefix(PCIDevices.directory + "/") || path.hasPrefix(IOMMUPaths.groups + "/")
    return isOthers ? nil : .host(question)
  }

  /// Byte by byte: a name that begins with an accent would make one character with the slash before it.
  private static func rest(of path: String, below folder: String) -> String? {
    guard path.utf8.starts(with: folder.utf8) else { return nil }
    return String(Substring(path.utf8.dropFirst(folder.utf8.count)))
  }

  /// The question that the unit here asks.
  func question(_ local: Local) -> Question {
    switch local {
    case .function(let form, let name): Self.question(form, folder + name)
    case .group(let form, let name): Self.question(form, groupFolder + name)
    case .host(let question): question
    }
  }

  private static func question(_ form: Local.Form, _ path: String) -> Question {
    switch form {
    case .file: .file(path)
    case .directory: .directory(path)
    case .link: .link(path)
    }
  }
}
