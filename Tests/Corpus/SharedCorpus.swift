// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Importers
import Inputs
import Tape

/// Real dumps beside the checkout, and what other programs and their own files say of them.
///
/// They are read there and never copied into the project. `HOSTCAP_SHARED` names another place.
enum SharedCorpus {
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let folder: String = {
    let shared =
      ProcessInfo.processInfo.environment["HOSTCAP_SHARED"]
      ?? repository.deletingLastPathComponent().appending(path: "shared").path
    return shared + "/corpus"
  }()

  struct Entry: Sendable {
    let key, format: String
    let facts: Expected
  }

  /// `nil`: there is no corpus here.
  static func entries() throws -> [Entry]? {
    guard let data = FileManager.default.contents(atPath: folder + "/expected.json") else { return nil }
    let all = Expected(value: try JSONSerialization.jsonObject(with: data))
    return all.keys.sorted().map { key in
      let entry = Expected(value: (all.value as? [String: Any])?[key])
      return Entry(key: key, format: entry["format"].text ?? "?", facts: entry["facts"])
    }
  }

  /// The file an entry speaks of, and the member inside it; `nil`: it is not here.
  static func place(of key: String) -> (file: String, member: String?)? {
    if isFile(key) { return (key, nil) }
    for separator in ["::", "!/", "!", "#", ":", "/"] {
      for cut in key.ranges(of: separator) where isFile(String(key[..<cut.lowerBound])) {
        return (String(key[..<cut.lowerBound]), String(key[cut.upperBound...]))
      }
    }
    return nil
  }

  private static func isFile(_ key: String) -> Bool {
    var isDirectory: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: "\(folder)/\(key)", isDirectory: &isDirectory)
      && !isDirectory.boolValue
  }

  /// Reasons for disagreements: entry, field, why.
  static func explained() throws -> [String: [String: String]] {
    let url = repository.appending(path: "Tests/Corpus/disagreements.json")
    return try JSONDecoder().decode([String: [String: String]].self, from: Data(contentsOf: url))
  }
}

/// The machines of one file, kept while entries for its members follow one another.
struct ImportCache {
  private var last: (file: String, result: Result<Imports, InputError>)?

  /// The machines that an entry speaks of.
  mutating func machines(_ place: (file: String, member: String?)) throws(InputError) -> [ImportedMachine] {
    let path = "\(SharedCorpus.folder)/\(place.file)"
    if last?.file != path {
      do throws(InputError) { last = (path, .success(try imports(at: path))) } catch {
        last = (path, .failure(error))
      }
    }
    guard let last else { return [] }
    let found = try last.result.get()
    guard let member = place.member else { return found.machines }
    let name = "\(path):\(member)"
    if let refused = found.refused.first(where: { $0.path == name }) { throw refused }
    return found.machines.filter { $0.name == name }
  }
}
