// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@Suite struct SteeringScalarTests {
  @Test func whatATerminalObeysIsShownAndNotSent() {
    #expect("\u{1b}[2J\u{9b}31m\r\n\u{202e}x\u{2066}\u{200f}".harmless() == "�[2J�31m���x��")
    #expect("é€𝄞 plain".harmless() == "é€𝄞 plain")
  }

  @Test func aLongTextIsCut() {
    #expect("abcdef".harmless(limit: 3) == "abc…")
    #expect("abc".harmless(limit: 3) == "abc")
  }
}
