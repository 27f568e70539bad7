// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LiveHost
public import Tape

/// A folder for what lives as long as one run: below `TMPDIR`, or `/tmp`; nobody else can look into it.
public struct WorkFolder: Sendable {
  public let path: String

  /// - Parameter name: what it begins with.
  public init(_ name: String) throws(InputError) {
    // Safe: the name is found in our own environment, which nobody changes, and copied.
    let above = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    let start = Self.absolute(above.isEmpty ? "/tmp" : above)
    var letters = Array("\(start)/\(name).XXXXXX".utf8CString)
    // Safe: mkdtemp writes into the letters of the template only.
    let made = unsafe letters.withUnsafeMutableBufferPointer { letters in
      guard let start = letters.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard made else { throw InputError(start, SystemFault.last.text) }
    path = String(decoding: letters.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// With everything in it. What cannot be removed stays.
  public func remove() { Folder.remove(path) }

  /// A path that means the same wherever one stands; links are not followed.
  public static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    // Safe: getcwd allocated it; it is freed once, after the copy.
    guard let here = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(here) }
    return unsafe "\(String(cString: here))/\(path)"
  }

  /// What the environment says; `nil`: nothing, or nothing but the name.
  public static func setting(_ name: String) -> String? {
    // Safe: nobody changes our environment; the text is copied.
    let value = unsafe getenv(name).map { unsafe String(cString: $0) } ?? ""
    return value.isEmpty ? nil : value
  }
}

extension Folder {
  /// What regular files in a folder and below it hold, in bytes. Errors: a folder that cannot be read.
  public static func size(below path: String) throws(InputError) -> Int {
    var size = 0
    for name in try files(below: path) ?? [] {
      var about = stat()
      // Safe: the string and `about` outlive the call.
      if unsafe lstat("\(path)/\(name)", &about) == 0 { size += Int(about.st_size) }
    }
    return size
  }

  /// A folder with all that is in it; links are removed, not followed. What cannot be removed stays.
  fileprivate static func remove(_ folder: String) {
    for name in names(folder) ?? [] {
      let inner = "\(folder)/\(name)"
      var about = stat()
      // Safe, here and below: the strings and `about` outlive the calls.
      guard unsafe lstat(inner, &about) == 0 else { continue }
      if about.st_mode & S_IFMT == S_IFDIR { remove(inner) } else { unsafe _ = unlink(inner) }
    }
    unsafe _ = rmdir(folder)
  }
}
