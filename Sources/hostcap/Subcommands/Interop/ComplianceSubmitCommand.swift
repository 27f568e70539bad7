// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Compliance
import LiveHost
import StrictJSON
import Tape

struct ComplianceSubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Bring a signed report to the compliance monitor, through curl.",
    discussion: """
      Sends REPORT with its signature REPORT.sig (see hostcap sign). The token, as the monitor's administrators gave it, \
      is read from a file that only you may read, and is sent over https, or to this machine, only. Exit status 0: the \
      monitor has the report now, or had it before.

      EXAMPLES:
        hostcap compliance submit report.yaml --token-file ~/.config/monitor-token
        hostcap compliance submit report.json --token-file token --url http://127.0.0.1:8080
      """)

  @Argument(help: "The report, YAML or JSON.", completion: .file()) var report: String
  @Option(help: "Its signature; REPORT.sig, if not given.", completion: .file()) var signature: String?
  @Option(help: "A file with the token for HTTP's Authorization: Basic.", completion: .file()) var tokenFile:
    String
  @Option(help: "The monitor.") var url = MonitorMessage.server

  func validate() throws {
    guard Self.isSafe(url) else {
      throw ValidationError(
        "--url takes https://HOST/…, or http:// on this machine: the token is a password.")
    }
  }

  /// Plain words for curl's configuration, no user, no pattern; without https only this machine.
  static func isSafe(_ url: String) -> Bool {
    let isPlain = url.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"\"\\{}[]@".utf8.contains($0) }
    guard isPlain else { return false }
    if url.hasPrefix("https://") { return url.utf8.count > 8 }
    return ["http://127.0.0.1", "http://localhost"].contains { here in
      guard url.hasPrefix(here) else { return false }
      let rest = url.dropFirst(here.count)
      let port = rest.prefix { $0 != "/" }
      return port.isEmpty
        || port.first == ":" && port.utf8.count > 1
          && port.utf8.dropFirst().allSatisfy {
            (0x30...0x39).contains($0)
          }
    }
  }

  func run() throws {
    let body = try InputFile.read(report, limit: Self.limit)
    let signed = try InputFile.read(signature ?? "\(report).sig", limit: Self.limit)
    let end = Array("-----END SSH SIGNATURE-----\n".utf8)
    guard signed.suffix(end.count) == end[...] else {
      throw InputError(signature ?? "\(report).sig", "is no signature: hostcap sign \(report) makes one")
    }
    let token = try self.token()
    switch try send(
      MonitorMessage.body(body, signature: signed), isJSON: body.first == UInt8(ascii: "{"), token)
    {
    case .taken: try OutputFile.write(Array("taken\n".utf8), to: "-")
    case .known: try OutputFile.write(Array("the monitor had it already\n".utf8), to: "-")
    case .refused(let status, let detail): throw InputError(report, "refused by \(url): \(status) \(detail)")
    case .unreachable(let why): throw InputError(url, why)
    }
  }

  private static let limit = 16 << 20

  private func token() throws(InputError) -> String {
    let file = try KeyFile(tokenFile)
    guard !file.isOpenToOthers else {
      throw InputError(tokenFile, "others may read or write it: chmod 600 \(tokenFile)")
    }
    let token =
      String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
      ?? ""
    guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c })
    else {
      throw InputError(tokenFile, "holds no token: one word on its first line")
    }
    return token
  }

  /// The token goes to curl's standard input, not on a command line that others see; so the message goes into a file.
  private func send(_ message: [UInt8], isJSON: Bool, _ token: String) throws(InputError) -> MonitorAnswer {
    let base = url.hasSuffix("/") ? String(url.dropLast()) : url
    let isHTTPS = url.hasPrefix("https://")
    let configuration = """
      url = "\(base)\(MonitorMessage.path)"
      header = "Authorization: Basic \(token)"
      header = "Content-Type: \(MonitorMessage.contentType(isJSON: isJSON))"
      header = "Expect:"
      data-binary = "@/dev/fd/3"
      write-out = "\\n%{http_code}"
      max-time = 60
      globoff
      proto = "\(isHTTPS ? "=https" : "=http")"
      \(isHTTPS ? "" : "noproxy = \"*\"")
      silent
      show-error

      """
    let outcome = try Program("curl").run(
      ["--disable", "--config", "-"], input: Array(configuration.utf8), file: message)
    guard outcome.status == 0 else { return .unreachable(outcome.complaint) }
    let text = String(decoding: outcome.output, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let status = lines.last.flatMap({ Int($0) }) else {
      return .unreachable("curl says nothing of a status")
    }
    return MonitorAnswer(status: status, detail: Self.detail(lines.dropLast().joined(separator: "\n")))
  }

  /// `{"detail": "…"}`, else the beginning of what came.
  private static func detail(_ body: String) -> String {
    let document = try? JSONDocument(Array(body.utf8))
    return document?.root["detail"]?.text ?? String(body.prefix(200))
  }
}
