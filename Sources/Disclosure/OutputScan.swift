// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Looks through what is about to be published for what must not be there. A second look, beside the allow-list: it knows
/// nothing of columns, only bytes.
///
/// One pass. A secret counts as a word of its own, in whatever case: `node-1` is not found in `node-12`. A host that has the
/// name of a word of the site itself stops every publication, unless the caller says that the word is open.
public struct OutputScan: Sendable {
  /// What was found; never the value itself.
  public struct Hit: Error, Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
      case secret = "the name of a host"
      case hardwareAddress = "a hardware address (MAC, EUI-64 or GUID)"
      case uuid = "a UUID or machine id"
      case ipv4 = "an IPv4 address"
      case ipv6 = "an IPv6 address"
      case serial = "a serial number"
    }
    public let path: String
    public let kind: Kind
    /// In bytes, from the file's begin.
    public let offset: Int
  }

  private let secrets: SecretWords
  private static let bytes = ByteKind.table

  /// - Parameters:
  ///   - secrets: those of three characters or fewer are not searched for: any text has them.
  ///   - open: words that may be seen though a secret is the same: providers, regions.
  public init(secrets: [String], open: [String] = []) {
    self.secrets = SecretWords(secrets, open: open)
  }

  /// Throws at the first thing found in a file.
  public func check(_ bytes: [UInt8], path: String) throws(Hit) {
    let kinds = Self.bytes
    // A run is of what addresses are written with, a word of letters and digits, `-` and `_`, and all beyond ASCII.
    var run = RunMarks()
    var word = SecretWords.Hash()
    var wordStart = 0
    for index in 0...bytes.count {
      let byte = index < bytes.count ? bytes[index] : 0
      let kind = kinds[Int(byte)]
      if kind.isWord {
        if word.isEmpty { wordStart = index }
        word.add(byte)
      } else if !word.isEmpty {
        if secrets.mayContain(word), secrets.isSecret(bytes, wordStart..<index) {
          throw Hit(path: path, kind: .secret, offset: wordStart)
        }
        if word.isAboutSerials, SerialNumber.follows(bytes, wordStart..<index) {
          throw Hit(path: path, kind: .serial, offset: wordStart)
        }
        word = SecretWords.Hash()
      }
      if kind.isRun {
        run.add(kind)
      } else if run.count > 0 {
        if run.isSuspicious, let found = AddressPattern.find(bytes[(index - run.count)..<index]) {
          throw Hit(path: path, kind: found, offset: index - run.count)
        }
        run = RunMarks()
      }
    }
  }
}

/// What a byte can be a part of.
struct ByteKind {
  var isWord = false
  var isRun = false
  var isColon = false
  var isDot = false
  var isHyphen = false

  static let table: [ByteKind] = (0...255).map { (byte: Int) -> ByteKind in
    var kind = ByteKind()
    let letter = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    (kind.isColon, kind.isDot, kind.isHyphen) = (byte == 0x3a, byte == 0x2e, byte == 0x2d)
    kind.isWord = letter || byte >= 0x80 || byte == 0x5f || kind.isHyphen
    kind.isRun = letter || kind.isColon || kind.isDot || kind.isHyphen
    return kind
  }
}

/// How often the signs of addresses occur in a run: most text has too few of them to be looked at again.
struct RunMarks {
  private(set) var count = 0
  private var colons = 0
  private var dots = 0
  private var hyphens = 0

  mutating func add(_ kind: ByteKind) {
    count += 1
    if kind.isColon { colons += 1 }
    if kind.isDot { dots += 1 }
    if kind.isHyphen { hyphens += 1 }
  }

  /// A machine id is 32 digits without a sign, a world wide name has one dot and some twenty bytes.
  var isSuspicious: Bool {
    colons >= 2 || dots >= 3 || hyphens >= 4 || count == 32 || (dots == 1 && (20...40).contains(count))
  }
}
