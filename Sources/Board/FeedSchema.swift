// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON

/// The shape of each feed. Source: JSON Schema, draft 2020-12.
enum FeedSchema {
  static let all: [String: JSONValue] = [
    "board": document(
      "matrix", "Who can test what: a cell for each provider and capability.",
      [
        "providers": list([
          "name": text, "displayName": text, "section": words(["certified", "listed", "experimental"]),
          "contact": text, "hosts": count, "newest": text, "stale": ["type": "boolean"],
        ]),
        "capabilities": list(["id": text, "title": text, "group": text]),
        "cells": list([
          "provider": text, "capability": text, "state": words(CellState.allCases.map(\.rawValue)),
          "stopsAt": words([""] + Stage.allCases.map(\.rawValue)), "count": count, "provenAt": text,
          "newest": text,
        ]),
      ]),
    "changes": document(
      "changes", "What changed since a moment before, by provider.",
      [
        "changes": list([
          "provider": text, "capability": text, "change": text, "was": text, "now": text, "hosts": count,
          "since": text,
        ])
      ]),
    "interop": document(
      "interop", "How far each region comes, and what a flavor and an image have to say to get there.",
      [
        "targets": list([
          "provider": text, "region": text, "capability": text,
          "stage": words(["none"] + Stage.allCases.map(\.rawValue)), "hosts": count, "provenAt": text,
          "newest": text, "freshUntil": text, "traits": ["type": "array", "items": text],
          "extraSpecs": list(["name": text, "value": text]),
          "imageProperties": list(["name": text, "value": text]),
        ])
      ]),
    "demand-gap": document(
      "demand-gap", "What is wanted against what is there: proven, usable, fixable, to buy.",
      [
        "for": text, "hosts": number,
        "demands": list([
          "demand": text, "of": text, "scope": text, "wanted": number, "proven": number, "usable": number,
          "fixable": number, "buy": number, "unknown": number,
          "fixes": list(["kind": text, "reason": text, "fix": text, "count": number]),
        ]),
        "purchases": list(["hardware": text, "example": text, "count": number]),
      ]),
  ]

  private static let text: JSONValue = ["type": "string"]
  private static let number: JSONValue = ["type": "integer", "minimum": 0]
  /// An integer where the provider shows exact counts; empty: not told.
  private static let count: JSONValue = [
    "oneOf": [
      ["type": "integer", "minimum": 0], ["enum": ["", "1-4", "5-19", "20-99", "100+", "yes"]],
    ]
  ]

  private static func words(_ words: [String]) -> JSONValue { ["enum": .array(words.map { .string($0) })] }

  private static func object(_ members: [String: JSONValue]) -> JSONValue {
    let keys = members.keys.sorted(by: BoardFacts.precedes)
    return [
      "type": "object", "properties": .object(members), "required": .array(keys.map { .string($0) }),
      "additionalProperties": false,
    ]
  }

  private static func list(_ members: [String: JSONValue]) -> JSONValue {
    ["type": "array", "items": object(members)]
  }

  private static func document(
    _ name: String, _ title: String, _ members: [String: JSONValue]
  ) -> JSONValue {
    let head: [String: JSONValue] = [
      "schema": ["const": .string("hostcap-board-\(name)/1")],
      "build": ["type": "string", "pattern": "^[0-9a-f]{12}$"], "at": text, "since": text, "release": text,
      "audience": words(["internal", "public"]),
    ]
    guard case .object(var schema) = object(head.merging(members) { mine, _ in mine }) else { return .null }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = .string(title)
    return .object(schema)
  }
}
