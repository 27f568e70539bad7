// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One thing a probe may ask a host.
///
/// Hashable, so that it is at once the request, the key of the answer on a tape, and the citation behind a
/// verdict. `description` is its text form, the same on a tape, in a report and in a terminal.
public enum Question: Hashable, Sendable {
  /// The first `Question.fileLimit` bytes of a file. The path is absolute, as on the host.
  case file(String)
  /// The names in a directory, sorted bytewise, each ended by a newline; without `.` and `..`.
  case directory(String)
  /// The target of a symbolic link, as written, without a newline.
  case link(String)
  /// EAX, EBX, ECX, EDX of one CPUID leaf, little endian: 16 bytes.
  case cpuid(leaf: UInt32, subleaf: UInt32 = 0, cpu: Int = 0)
  /// One model-specific register, little endian: 8 bytes.
  case msr(UInt32, cpu: Int = 0)
  /// A function's configuration space as far as the kernel gives it: 64 bytes without CAP_SYS_ADMIN,
  /// else 256 or 4096.
  case pciConfig(PCIAddress)
  /// The result of one of the few ioctls that change nothing; the shape is with `Ioctl`.
  case ioctl(Ioctl)
  /// One document from the host's libvirt, XML or lines, UTF-8.
  case libvirt(LibvirtDocument)
  /// The kernel's ring buffer as text, oldest line first.
  case kernelLog
  /// `euid N`, `cap_eff HEX` and, from a supervised process, `sandbox WORD,…` or `sandbox off`, a line each: who is asking.
  case privilege
  /// Seconds since 1970-01-01T00:00:00Z, decimal, and a newline.
  case clock
  /// What the answers are made of: one of `Origin`'s words and a newline.
  case origin
  /// What the operator says of the host against its own word: `bare-metal` and a newline. Absent: nothing.
  case assumption

  /// Bytes; no file hostcap judges is longer, and what is longer is cut here.
  public static let fileLimit = 65_536
}

extension Question {
  /// What asking may do to a host besides answering.
  public enum Hazard: Hashable, Sendable {
    case none
    /// The kernel resumes a runtime-suspended PCI function to answer.
    case wakesDevice(PCIAddress)
    /// The other side may never reply: a daemon, or firmware behind a mailbox.
    case mayHang
  }

  public var hazard: Hazard {
    switch self {
    case .pciConfig(let address): .wakesDevice(address)
    case .file(let path): Self.linkAttributeOwner(path).map(Hazard.wakesDevice) ?? .none
    case .libvirt: .mayHang
    case .ioctl(let ioctl): ioctl.device == Ioctl.psp ? .mayHang : .none
    default: .none
    }
  }

  /// The function whose link registers a sysfs attribute reads.
  /// Source: kernel drivers/pci/pci-sysfs.c, current_link_speed_show() and its siblings read PCI_EXP_LNKSTA.
  private static func linkAttributeOwner(_ path: String) -> PCIAddress? {
    // Asked of every file: one byte tells most of them apart.
    let bytes = path.utf8.span
    guard bytes.count > 11, bytes[bytes.count - 11] == UInt8(ascii: "_"),
      path.hasSuffix("_link_speed") || path.hasSuffix("_link_width")
    else { return nil }
    let parts = path.split(separator: "/")
    guard parts.count >= 2 else { return nil }
    return PCIAddress(parts[parts.count - 2])
  }
}
