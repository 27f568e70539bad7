// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The only way from a probe to a machine, a tape or a dump.
///
/// Record, replay, policy, redaction and fault injection are sources around a source.
public protocol HostSource {
  func ask(_ question: Question) -> Answer
}
