// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CFleet
internal import Synchronization

/// A JSON text that is valid as a whole: RFC 8259, UTF-8, no key twice in an object, no more than 64 levels.
///
/// The one reader of reports: two readers of the same signed bytes could read two different hosts.
@safe public final class JSONDocument {
  /// Levels of containers.
  public static let depthLimit = 64

  private let document: OpaquePointer
  private let nodes: UnsafeBufferPointer<cfleet_node>
  private let length: Int

  /// Errors: what is wrong, and at which byte if that is known.
  public init(_ bytes: some Collection<UInt8>, depth: Int = JSONDocument.depthLimit) throws(JSONFault) {
    guard let document = unsafe Self.idle.withLock({ unsafe $0.popLast()?.pointer }) ?? cfleet_document_new()
    else {
      throw JSONFault(.noMemory, "out of memory", offset: nil)
    }
    var fault = cfleet_fault()
    var kind = CFLEET_NO_MEMORY
    // Safe, here and below: the bytes outlive the call, which copies them.
    let whole: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      unsafe kind = cfleet_parse(document, buffer.baseAddress, buffer.count, UInt32(depth), &fault)
    }
    if whole == nil {
      let copy = Array(bytes)
      unsafe copy.withUnsafeBufferPointer { buffer in
        unsafe kind = cfleet_parse(
          document, buffer.baseAddress, buffer.count, UInt32(depth), &fault)
      }
    }
    guard kind == CFLEET_FINE else {
      unsafe Self.release(document, bytes.count)
      throw JSONFault(kind, fault)
    }
    var count = 0
    // Safe: nodes live as long as the document, which parses nothing more.
    let start = unsafe cfleet_nodes(document, &count)
    unsafe self.nodes = UnsafeBufferPointer(start: start, count: count)
    unsafe self.document = document
    length = bytes.count
  }

  deinit { unsafe Self.release(document, length) }

  /// A parser that nobody uses. Sendable: whoever takes it out of `idle` is the only one who has it.
  @safe private struct Idle: @unchecked Sendable { let pointer: OpaquePointer }

  /// Room for the next documents: to make it costs as much as to read one.
  private static let idle = Mutex<[Idle]>([])
  /// So many wait, and none that a large document has blown up.
  private static let (idleLimit, idleLength) = (8, 1 << 20)

  @unsafe private static func release(_ document: OpaquePointer, _ length: Int) {
    let isKept =
      length <= idleLength
      && idle.withLock { idle in
        guard idle.count < idleLimit else { return false }
        unsafe idle.append(Idle(pointer: document))
        return true
      }
    if !isKept { unsafe cfleet_document_free(document) }
  }

  public var root: JSONElement { JSONElement(document: self, index: 0) }

  /// Where the object that is the root's member `key` stands in the text; `nil`: there is no such object.
  public func bytes(of key: String) -> Range<Int>? {
    var (start, count) = (0, 0)
    // Safe: the string outlives the call.
    guard unsafe cfleet_member_bytes(document, key, &start, &count) == 0 else { return nil }
    return start..<(start + count)
  }

  func kind(_ index: Int) -> UInt32 { unsafe nodes[index].kind }
  func next(_ index: Int) -> Int { Int(unsafe nodes[index].next) }
  func integer(_ index: Int) -> Int64 { unsafe nodes[index].integer }

  func text(_ index: Int) -> String {
    // Safe, here and below: simdjson has checked the UTF-8 and keeps the text as long as the document lives.
    unsafe Self.string(nodes[index].text, nodes[index].text_length)
  }

  func key(_ index: Int) -> String { unsafe Self.string(nodes[index].key, nodes[index].key_length) }

  /// Of the object at `index`; `nil`: no object, or no such member.
  func member(_ index: Int, _ key: StaticString) -> Int? {
    // Safe: a static string lives for ever, and the nodes as long as the document.
    let child = unsafe key.utf8Start.withMemoryRebound(to: CChar.self, capacity: key.utf8CodeUnitCount) {
      bytes in
      unsafe cfleet_member(nodes.baseAddress, UInt32(index), bytes, key.utf8CodeUnitCount)
    }
    return child == 0 ? nil : Int(child)
  }

  @unsafe private static func string(_ start: UnsafePointer<CChar>?, _ length: UInt32) -> String {
    guard let start = unsafe start else { return "" }
    return unsafe start.withMemoryRebound(to: UInt8.self, capacity: Int(length)) { bytes in
      unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: Int(length)), as: UTF8.self)
    }
  }
}
