// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

extension Answer {
  /// Longest raw value a report quotes, in characters.
  private static let quoteLimit = 120

  /// The raw value as a report quotes it: registers as hexadecimal words, text as its first line, the rest by size.
  public func summary(of question: Question) -> String {
    switch self {
    case .absent: "absent"
    case .denied: "permission denied"
    case .withheld(let why): "withheld: \(Self.printable(why))"
    case .failed(let code, let why):
      code == 0 ? "failed: \(Self.printable(why))" : "failed: errno \(code), \(Self.printable(why))"
    case .bytes(let bytes): Self.quote(bytes, of: question)
    }
  }

  private static func quote(_ bytes: [UInt8], of question: Question) -> String {
    switch question {
    case .cpuid:
      guard let registers = CPUIDRegisters(bytes[...]) else { break }
      return [("EAX", registers.eax), ("EBX", registers.ebx), ("ECX", registers.ecx), ("EDX", registers.edx)]
        .map { "\($0)=\(hex($1, width: 8))" }.joined(separator: " ")
    case .msr:
      if bytes.count == 8, let value = littleEndian(bytes[...], as: UInt64.self) {
        return hex(value, width: 16)
      }
    case .ioctl(.kvmCheckExtension), .ioctl(.kvmGetAPIVersion):
      if let value = littleEndian(bytes[...], as: UInt32.self) { return "\(value)" }
    case .ioctl: return bytes.map { digits($0, width: 2) }.joined()
    case .pciConfig, .libvirt, .kernelLog: return "\(bytes.count) bytes"
    case .directory:
      let names = lines(bytes[...]).count
      return "\(names) \(names == 1 ? "entry" : "entries")"
    default:
      let all = lines(bytes[...])
      let first = all.first.map(text) ?? ""
      return printable(first) + (all.count > 1 ? " … (\(all.count) lines)" : "")
    }
    return "\(bytes.count) bytes"
  }

  /// Cut to the limit; tabs become blanks, what could steer a terminal U+FFFD.
  private static func printable(_ text: String) -> String {
    let cut = text.unicodeScalars.prefix(quoteLimit + 1).map { $0 == "\t" ? " " : $0 }
    return String(String.UnicodeScalarView(cut)).harmless(limit: quoteLimit)
  }
}
