// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import FuzzTargets
import Glibc

/// Hands libFuzzer one target: one program for all of them, so that one build and one link serve.
///
/// `HOSTCAP_FUZZ_TARGET` names it, not an argument: libFuzzer starts itself again with the arguments it got.
/// `--targets` prints every name and its longest input.
enum Driver {
  private static let variable = "HOSTCAP_FUZZ_TARGET"
  nonisolated(unsafe) private static var target = FuzzTarget.all[0]

  static func run() -> Never {
    if CommandLine.arguments.dropFirst().first == "--targets" {
      for target in FuzzTarget.all { print(target.name, target.maximumLength) }
      exit(0)
    }
    // Safe: nobody else runs yet, and the string is copied.
    let name = unsafe getenv(variable).map { unsafe String(cString: $0) } ?? ""
    guard let chosen = FuzzTarget.all.first(where: { $0.name == name }) else {
      print("hostcap-fuzz: \(variable) names no target; --targets lists them")
      exit(64)
    }
    unsafe target = chosen
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    // Safe: both live until the process ends, and libFuzzer calls from this thread alone.
    exit(unsafe runDriver(&count, &arguments) { bytes, length in unsafe Driver.one(bytes, length) })
  }

  /// A finding ends the process, as a trap does: libFuzzer keeps the input.
  private static func one(_ bytes: UnsafePointer<UInt8>?, _ length: Int) -> Int32 {
    // Safe: libFuzzer's bytes live during the call, and are copied.
    let input = unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: length))
    if let finding = unsafe target.run(input).finding { fatalError("\(unsafe target.name): \(finding)") }
    return 0
  }
}

/// libFuzzer's way in for programs with a main function of their own. Source: LLVM docs/LibFuzzer.rst, "Using libFuzzer as
/// a library".
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
