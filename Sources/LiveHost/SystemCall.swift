// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost

/// A row of a seccomp filter: one system call that may be made, when, and what for.
struct SystemCall {
  let name: String
  let when: [Condition]
  let why: String

  init(_ name: String, when: Condition..., why: String) {
    (self.name, self.when, self.why) = (name, when, why)
  }

  /// What an argument must be; all conditions of a row must hold.
  struct Condition {
    /// From 0.
    let argument: UInt32
    let mask: UInt64
    let value: UInt64

    static func argument(_ number: UInt32, without bits: Int32) -> Condition {
      Condition(argument: number, mask: UInt64(UInt32(bitPattern: bits)), value: 0)
    }
    /// Of the lower half only: the kernel takes these arguments as 32 bits, and what is above is not looked at.
    static func argument(_ number: UInt32, is value: UInt64) -> Condition {
      Condition(argument: number, mask: 0xffff_ffff, value: value)
    }
    static func argumentIsNull(_ number: UInt32) -> Condition {
      Condition(argument: number, mask: .max, value: 0)
    }
  }

  /// Confines this process to the calls given; any other fails with EPERM, and those of `SystemCall.deadly` end it.
  ///
  /// False: this kernel has no filters, or the sandbox we are in refuses them; then nothing has changed.
  static func install(_ calls: [SystemCall]) -> Bool {
    var filter: OpaquePointer?
    // Safe, here and below: the filter is used by this function alone, and given back once, to load or close.
    guard unsafe chost_filter_open(&filter) == 0 else { return false }
    for call in calls {
      let conditions = call.when.map {
        chost_condition(argument: $0.argument, mask: $0.mask, value: $0.value)
      }
      // An architecture without such a call needs no row for it: aarch64 has no open.
      let status = unsafe chost_filter_allow(filter, call.name, conditions, conditions.count)
      guard status == 0 || status == -2 else {
        unsafe chost_filter_close(filter)
        return false
      }
    }
    for call in deadly { _ = unsafe chost_filter_kill(filter, call) }
    return unsafe chost_filter_load(filter) == 0
  }
}
