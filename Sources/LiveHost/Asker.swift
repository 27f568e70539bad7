// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// What this process knows of itself and of its kernel, without naming a file of the host.
enum Asker {
  /// Bytes; longer logs lose their oldest lines.
  static let kernelLogLimit = 1 << 20

  /// `euid N` and `cap_eff HEX`, as this process has them; `sandbox WORD,…` where it is supervised, `off` for none.
  static func privilege(_ files: FileReader) -> Answer {
    let status = files.file("/proc/self/status")
    guard case .bytes(let bytes) = status else { return status }
    let prefix = Array("CapEff:".utf8)
    guard let line = lines(bytes[...]).first(where: { $0.starts(with: prefix) }) else {
      return .failed(code: 0, "/proc/self/status: no CapEff")
    }
    let given = Supervised.current?.confinement.map(\.rawValue).joined(separator: ",")
    let sandbox = given.map { "sandbox \($0.isEmpty ? "off" : $0)\n" } ?? ""
    return .bytes(
      Array("euid \(geteuid())\ncap_eff \(text(line.dropFirst(prefix.count)))\n\(sandbox)".utf8))
  }

  static func clock() -> Answer {
    var now = timespec()
    // Safe: `now` lives until the call returns.
    guard unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else { return SystemError.last.answer("clock") }
    return .bytes(Array("\(now.tv_sec)\n".utf8))
  }

  static func kernelLog() -> Answer {
    var status: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: kernelLogLimit) { buffer, count in
      // Safe: the call writes at most the length it is given, and says how much it wrote.
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        status = unsafe chost_kernel_log(characters.baseAddress, characters.count, &count)
      }
    }
    return status == 0 ? .bytes(bytes) : SystemError(-status).answer("kernel log")
  }
}
