// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import LiveHost
import Testing

@Suite struct OrderedWorkTests {
  private struct Stop: Error {}

  @Test(arguments: [1, 2, 5], [1, 3, 64])
  func resultsComeInTheOrderOfPieces(_ threads: Int, _ ahead: Int) throws {
    var (handed, taken) = (0, [Int]())
    try OrderedWork.run(threads: threads, ahead: ahead) { () -> Int? in
      guard handed < 500 else { return nil }
      handed += 1
      return handed
    } work: { piece in
      // Some take longer than those behind them.
      piece.isMultiple(of: 7) ? (0..<20_000).reduce(piece) { $0 ^ $1 ^ $1 } : piece
    } take: { result in
      taken.append(result)
    }
    #expect(taken == Array(1...500))
    #expect(handed == 500)
  }

  @Test func nothingIsHandedOutAfterAnError() throws {
    var handed = 0
    #expect(throws: Stop.self) {
      try OrderedWork.run(threads: 2, ahead: 4) { () -> Int? in
        handed += 1
        return handed
      } work: {
        $0
      } take: {
        if $0 == 10 { throw Stop() }
      }
    }
    #expect(handed <= 10 + 4)
  }

  @Test func ofNothingComesNothing() throws {
    try OrderedWork.run(threads: 3, ahead: 3) { () -> Int? in
      nil
    } work: {
      $0
    } take: { _ in
      Issue.record("there is a result")
    }
  }
}
