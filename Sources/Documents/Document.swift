// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tape
internal import Yams

/// A YAML document that people write, and JSON, which is YAML. It knows its lines, so that whoever reads it can say where.
public struct Document: Sendable {
  /// Bytes: as much as a document may have.
  public static let sizeLimit = 4 << 20
  /// Levels of lists and objects within each other.
  public static let depthLimit = 64

  /// Values in all, those that an alias repeats as often as it does.
  public static let valueLimit = 200_000

  /// As the user named it.
  public let path: String
  public let root: DocumentNode

  /// Throws where the text is no YAML, holds no document or several, repeats a key, or is nested too deep.
  public init(parsing bytes: [UInt8], path: String) throws(InputError) {
    let text = try Self.text(bytes, path)
    let composed: Node?
    do { composed = try compose(yaml: text) } catch { throw Self.refusal(error, path) }
    guard let composed else { throw InputError(path, "holds no document") }
    var count = 0
    root = try DocumentNode(composed, path: path, count: &count)
    self.path = path
  }

  private init(_ root: DocumentNode, path: String) { (self.root, self.path) = (root, path) }

  /// All the documents of a text that may hold several, within the limits of one. Throws as `init` does.
  public static func all(parsing bytes: [UInt8], path: String) throws(InputError) -> [Document] {
    let text = try text(bytes, path)
    var documents: [Document] = []
    var count = 0
    do {
      var nodes = try compose_all(yaml: text)
      while let node = nodes.next() {
        documents.append(Document(try DocumentNode(node, path: path, count: &count), path: path))
      }
      if let error = nodes.error { throw error }
    } catch let error as InputError {
      throw error
    } catch {
      throw refusal(error, path)
    }
    guard !documents.isEmpty else { throw InputError(path, "holds no document") }
    return documents
  }

  /// Within the limits that can be seen before it is parsed.
  private static func text(_ bytes: [UInt8], _ path: String) throws(InputError) -> String {
    guard bytes.count <= Self.sizeLimit else {
      throw InputError(path, "longer than \(Self.sizeLimit >> 20) MiB, the most a document may be")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw InputError(path, "is not UTF-8") }
    if let line = Self.lineThatIsTooDeep(bytes) {
      throw InputError(path, line: line, "nested deeper than \(Self.depthLimit) levels")
    }
    return text
  }

  /// Of flow collections alone, for those of blocks are as deep as their lines are long.
  private static func lineThatIsTooDeep(_ bytes: [UInt8]) -> Int? {
    var (depth, line, blanks) = (0, 1, 0)
    var isIndent = true
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"): (line, blanks, isIndent) = (line + 1, 0, true)
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"): if isIndent { blanks += 1 }
      default: isIndent = false
      }
      if depth > depthLimit || blanks > 4 * depthLimit { return line }
    }
    return nil
  }

  private static func refusal(_ error: any Error, _ path: String) -> InputError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      InputError(path, line: mark.line, "is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      InputError(path, line: context.mark.line, "repeats the key \(keys.first ?? "")")
    case .reader(let problem, _, _, _): InputError(path, "is not YAML: \(problem)")
    default: InputError(path, "is not YAML")
    }
  }
}
