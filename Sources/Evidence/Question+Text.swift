// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Question: CustomStringConvertible {
  /// The text form: `file:/proc/cmdline`, `cpuid:0x8000001f/0x0@0`, `msr:0xc0010010@0`, `pci:0000:3b:00.0`,
  /// `ioctl:KVM_CHECK_EXTENSION(235)`, `libvirt:capabilities`, `clock`.
  public var description: String {
    switch self {
    case .file(let path): "file:\(path)"
    case .directory(let path): "dir:\(path)"
    case .link(let path): "link:\(path)"
    case .cpuid(let leaf, let subleaf, let cpu):
      "cpuid:\(hex(leaf, width: 8))/\(hex(subleaf, width: 1))@\(cpu)"
    case .msr(let register, let cpu): "msr:\(hex(register, width: 8))@\(cpu)"
    case .pciConfig(let address): "pci:\(address)"
    case .ioctl(let ioctl): "ioctl:\(ioctl)"
    case .libvirt(let document): "libvirt:\(document.rawValue)"
    case .kernelLog: "kernel-log"
    case .privilege: "privilege"
    case .clock: "clock"
    case .origin: "origin"
    case .assumption: "assumption"
    }
  }

  /// Reads the text form, exactly as `description` writes it; `nil` for anything else, a relative path included.
  public init?(_ text: String) {
    self.init(anyDigits: text)
    // A question has one text, so that a tape cannot answer it twice: no upper case, no sign, no other zeros.
    guard description.utf8.elementsEqual(text.utf8) else { return nil }
  }

  private init?(anyDigits text: String) {
    guard let colon = text.firstIndex(of: ":") else {
      switch text {
      case "kernel-log": self = .kernelLog
      case "privilege": self = .privilege
      case "clock": self = .clock
      case "origin": self = .origin
      case "assumption": self = .assumption
      default: return nil
      }
      return
    }
    let rest = String(text[text.index(after: colon)...])
    switch text[..<colon] {
    case "file" where rest.hasPrefix("/"): self = .file(rest)
    case "dir" where rest.hasPrefix("/"): self = .directory(rest)
    case "link" where rest.hasPrefix("/"): self = .link(rest)
    case "cpuid":
      let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let leaf = number(parts[0]), let at = Self.split(parts[1]) else { return nil }
      self = .cpuid(leaf: leaf, subleaf: at.value, cpu: at.cpu)
    case "msr":
      guard let at = Self.split(rest[...]) else { return nil }
      self = .msr(at.value, cpu: at.cpu)
    case "pci":
      guard let address = PCIAddress(rest) else { return nil }
      self = .pciConfig(address)
    case "ioctl":
      guard let ioctl = Ioctl(rest) else { return nil }
      self = .ioctl(ioctl)
    case "libvirt":
      guard let document = LibvirtDocument(rawValue: rest) else { return nil }
      self = .libvirt(document)
    default: return nil
    }
  }

  /// `0x12@3` -> value 0x12, cpu 3.
  private static func split(_ text: Substring) -> (value: UInt32, cpu: Int)? {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let value = number(parts[0]), let cpu = Int(parts[1]), cpu >= 0 else {
      return nil
    }
    return (value, cpu)
  }
}

/// `0x` and at least `width` lower-case digits.
public func hex(_ value: some UnsignedInteger, width: Int) -> String {
  "0x" + digits(value, width: width)
}

/// At least `width` lower-case hexadecimal digits.
public func digits(_ value: some UnsignedInteger, width: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

/// Hexadecimal digits behind `0x`.
private func number(_ text: Substring) -> UInt32? {
  text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : nil
}
