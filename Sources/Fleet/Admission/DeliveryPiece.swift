// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Some deliveries that follow each other: what a thread fetches at once.
struct DeliveryPiece: Sendable {
  private static let count = 16
  /// Bytes after which no more are fetched.
  private static let size = 1 << 20

  private(set) var items: [Deliveries.Item] = []
  /// Files begun by then.
  let begun: Int

  /// `nil`: there are no more.
  init?(of deliveries: inout Deliveries?) {
    var size = 0
    while items.count < Self.count, size < Self.size, let item = deliveries?.next() {
      if case .delivery(let delivery) = item { size += delivery.bytes.count }
      items.append(item)
    }
    begun = deliveries?.begun ?? 0
    if items.isEmpty { return nil }
  }
}
