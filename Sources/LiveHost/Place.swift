// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// Where paths begin: the machine's root, or a folder that stands for one.
final class Place: Sendable {
  /// Read only, never our controlling terminal, and no waiting for a FIFO's writer.
  private static let readOnly = O_RDONLY | O_NONBLOCK | O_NOCTTY
  /// A name for a file that opens nothing. Source: kernel include/uapi/asm-generic/fcntl.h.
  static let pathOnly: Int32 = 0o10000000

  /// `nil`: the machine's own root.
  private let root: Int32?

  static let machine = Place(root: nil)
  private init(root: Int32?) { self.root = root }
  /// What is open for it.
  var descriptor: Int32? { root }
  var isMachine: Bool { root == nil }

  /// - Parameter folder: followed as usual; only what is below it is fenced in.
  init(folder: String) throws(SystemError) {
    if let open = Supervised.current?.root, open.path == folder {
      root = fcntl(open.number, F_DUPFD_CLOEXEC, 0)
    } else {
      root = try Self.folder(folder).release()
    }
  }

  static func folder(_ path: String) throws(SystemError) -> Descriptor {
    // Safe: the string outlives the call.
    try Descriptor(owning: unsafe Glibc.open(path, Self.pathOnly | O_DIRECTORY | O_CLOEXEC))
  }

  deinit {
    if let root { close(root) }
  }

  /// Opens a file to read it. Below another root regular files only: a copied device node would be one of ours.
  func open(_ path: String) throws(SystemError) -> Descriptor {
    if root != nil {
      let kind = try descriptor(path, Self.pathOnly).kind
      // As reading a directory fails everywhere else.
      if kind == S_IFDIR { throw SystemError(EISDIR) }
      guard kind == S_IFREG else { throw SystemError(EINVAL) }
    }
    return try descriptor(path, Self.readOnly)
  }

  /// Opens a device node to read from it or to send it one of `Ioctl`'s requests.
  func openDevice(_ path: String) throws(SystemError) -> Descriptor {
    guard try descriptor(path, Self.pathOnly).kind == S_IFCHR else { throw SystemError(ENOTTY) }
    return try descriptor(path, Self.readOnly)
  }

  func openDirectory(_ path: String) throws(SystemError) -> Descriptor {
    try descriptor(path, Self.readOnly | O_DIRECTORY)
  }

  /// Names a folder, links followed.
  func folder(_ path: String) throws(SystemError) -> Descriptor {
    try descriptor(path, Self.pathOnly | O_DIRECTORY)
  }

  /// Names a file, without following a link at its end.
  func name(_ path: String) throws(SystemError) -> Descriptor {
    try descriptor(path, Self.pathOnly | O_NOFOLLOW)
  }

  /// Whether there is such a file, links followed.
  func has(_ path: String) throws(SystemError) -> Bool {
    do {
      _ = try descriptor(path, Self.pathOnly)
      return true
    } catch {
      if error.answer(path) == .absent { return false }
      throw error
    }
  }

  /// What lies at `path`: `CHOST_SYSFS_MAGIC` and the like; `nil` where it cannot be told.
  func fileSystem(_ path: String) -> UInt64? {
    var magic: UInt64 = 0
    guard let folder = try? descriptor(path, Self.pathOnly | O_DIRECTORY) else { return nil }
    // Safe: `magic` lives until the call returns.
    return unsafe chost_filesystem(folder.number, &magic) == 0 ? magic : nil
  }

  private func descriptor(_ path: String, _ flags: Int32) throws(SystemError) -> Descriptor {
    guard let root else {
      // Safe: the string outlives the call.
      return try Descriptor(owning: unsafe Glibc.open(path, flags | O_CLOEXEC))
    }
    // Safe: the string outlives the call.
    let number = unsafe chost_open_inside(root, path, flags)
    guard number >= 0 else { throw SystemError(-number) }
    return try Descriptor(owning: number)
  }
}
