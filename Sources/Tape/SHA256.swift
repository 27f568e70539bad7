// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The SHA-256 digest of bytes: 32 bytes.
///
/// Here because pseudonyms need it in the agent, which a cryptography library would make megabytes larger. It guards no
/// secret against timing. Source: FIPS 180-4, sections 4.1.2, 5 and 6.2.
public struct SHA256 {
  static let blockSize = 64

  /// FIPS 180-4, section 5.3.3.
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var schedule = [UInt32](repeating: 0, count: 64)

  public static func digest(_ message: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    for block in stride(from: 0, to: message.count - message.count % blockSize, by: blockSize) {
      hash.compress(message[block..<(block + blockSize)])
    }
    // Section 5.1.1: a one bit, zeros, and the length in bits as 64 bits, up to a whole block.
    var tail = Array(message.suffix(message.count % blockSize)) + [0x80]
    let padded = tail.count + 8 <= blockSize ? blockSize : 2 * blockSize
    tail += [UInt8](repeating: 0, count: padded - 8 - tail.count)
    tail += bigEndianBytes(UInt64(message.count) &* 8)
    for block in stride(from: 0, to: tail.count, by: blockSize) {
      hash.compress(tail[block..<(block + blockSize)])
    }
    return hash.state.flatMap(bigEndianBytes)
  }

  /// Section 6.2.2, one block of 64 bytes.
  private mutating func compress(_ block: ArraySlice<UInt8>) {
    for index in 0..<16 {
      let at = block.startIndex + 4 * index
      schedule[index] =
        UInt32(block[at]) << 24 | UInt32(block[at + 1]) << 16 | UInt32(block[at + 2]) << 8
        | UInt32(block[at + 3])
    }
    for index in 16..<64 {
      let (w15, w2) = (schedule[index - 15], schedule[index - 2])
      let sigma0 = rotated(w15, 7) ^ rotated(w15, 18) ^ w15 >> 3
      let sigma1 = rotated(w2, 17) ^ rotated(w2, 19) ^ w2 >> 10
      schedule[index] = schedule[index - 16] &+ sigma0 &+ schedule[index - 7] &+ sigma1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let t1 = h &+ sum1 &+ (e & f ^ ~e & g) &+ Self.constants[index] &+ schedule[index]
      let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let t2 = sum0 &+ (a & b ^ a & c ^ b & c)
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
    }
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
  }

  /// FIPS 180-4, section 4.2.2: the cube roots of the first 64 primes, first 32 bits of the fractions.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}

private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

private func bigEndianBytes(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
  (0..<(type(of: value).bitWidth / 8)).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// HMAC-SHA-256 of a message: 32 bytes. Source: RFC 2104, section 2.
func messageAuthenticationCode(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
  var block = key.count > SHA256.blockSize ? SHA256.digest(key) : key
  block += [UInt8](repeating: 0, count: SHA256.blockSize - block.count)
  return SHA256.digest(block.map { $0 ^ 0x5c } + SHA256.digest(block.map { $0 ^ 0x36 } + message))
}
