// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Glibc

/// The folder of one PCI function, open: a dozen files of it are asked for in a row, and each then costs its name and no walk
/// from the root through the link that leads there.
///
/// A function that goes meanwhile takes its files with it, and another may come in its place: what is not in the folder is
/// looked for by its whole path before it is absent.
final class FunctionFolder {
  private static let functions = "/sys/bus/pci/devices/"

  /// `/sys/bus/pci/devices/0000:3b:00.0`.
  private let path: String
  private let folder: Descriptor

  /// Errors: no such function.
  init(of path: String, name: Int, in place: Place) throws(SystemError) {
    self.path = String(path[..<path.utf8.index(path.startIndex, offsetBy: name - 1)])
    folder = try place.folder(self.path)
  }

  /// What the name of a file can be looked for in.
  var number: Int32 { folder.number }

  /// Where in `path` the name of a file right in a function's folder begins; `nil`: it is some other path, and `..` is one,
  /// which may lead out of the place.
  static func name(in path: String) -> Int? {
    guard path.hasPrefix(functions) else { return nil }
    let bytes = path.utf8.span
    var slash: Int?
    for index in functions.utf8.count..<bytes.count where bytes[index] == UInt8(ascii: "/") {
      guard slash == nil else { return nil }
      slash = index
    }
    guard let slash, slash + 1 < bytes.count, bytes[slash + 1] != UInt8(ascii: ".") else { return nil }
    return slash + 1
  }

  /// Whether this is the folder that a file's path names.
  func holds(_ file: String, name: Int) -> Bool {
    let (own, other) = (path.utf8.span, file.utf8.span)
    guard own.count == name - 1 else { return false }
    // Functions differ at their end.
    for index in own.indices.reversed() where own[index] != other[index] { return false }
    return true
  }
}
