# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""Reads and writes pictures. Source: Portable Network Graphics (third edition), W3C, 2025."""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, INDEXED, RGBA = 0, 2, 3, 6
CHANNELS = {GREY: 1, RGB: 3, INDEXED: 1, RGBA: 4}


class PictureError(Exception):
    pass


class Picture:
    """Rows of red, green and blue, a byte each."""

    def __init__(self, width, height, rows):
        self.width, self.height, self.rows = width, height, rows


def paeth(left, above, corner):
    near_left, near_above, near_corner = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
    if near_left <= near_above and near_left <= near_corner:
        return left
    return above if near_above <= near_corner else corner


def unfiltered(kind, row, above, step):
    """A row as it was before its filter."""
    if kind == 1:
        for at in range(step, len(row)):
            row[at] = (row[at] + row[at - step]) & 255
    elif kind == 2:
        return bytearray((a + b) & 255 for a, b in zip(row, above))
    elif kind == 3:
        for at in range(len(row)):
            row[at] = (row[at] + ((row[at - step] if at >= step else 0) + above[at]) // 2) & 255
    elif kind == 4:
        for at in range(len(row)):
            left, corner = (row[at - step], above[at - step]) if at >= step else (0, 0)
            row[at] = (row[at] + paeth(left, above[at], corner)) & 255
    elif kind != 0:
        raise PictureError(f"filter {kind}")
    return row


def chunks(data):
    if data[:8] != SIGNATURE:
        raise PictureError("is no PNG")
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at:at + 4])
        body = data[at + 4:at + 8 + length]
        if zlib.crc32(body) != struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0]:
            raise PictureError("a chunk is damaged")
        yield body[:4], body[4:]
        at += 12 + length


def decoded(data):
    """8 bits a channel, not interlaced: what a browser writes, and what we do. Alpha is dropped: pages are opaque."""
    header, palette, compressed = None, None, []
    for kind, body in chunks(data):
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        elif kind == b"PLTE":
            palette = body
        elif kind == b"IDAT":
            compressed.append(body)
    width, height, depth, colour, _, _, interlaced = header
    if depth != 8 or interlaced or colour not in CHANNELS:
        raise PictureError(f"depth {depth}, colour {colour}, interlaced {interlaced}")
    step = CHANNELS[colour]
    raw, size = zlib.decompress(b"".join(compressed)), width * step
    if len(raw) != (size + 1) * height:
        raise PictureError("has too few bytes")
    rows, above = [], bytearray(size)
    for at in range(0, len(raw), size + 1):
        above = unfiltered(raw[at], bytearray(raw[at + 1:at + 1 + size]), above, step)
        rows.append(rgb(above, colour, palette))
    return Picture(width, height, rows)


def rgb(row, colour, palette):
    if colour == RGB:
        return bytes(row)
    out = bytearray(3 * (len(row) // CHANNELS[colour]))
    for part in range(3):
        if colour == RGBA:
            out[part::3] = row[part::4]
        elif colour == INDEXED:
            table = palette[part::3]
            out[part::3] = row.translate(table + bytes(256 - len(table)))
        else:
            out[part::3] = row
    return bytes(out)


def pixels(row):
    """A row's pixels as numbers."""
    return [red << 16 | green << 8 | blue for red, green, blue in zip(row[::3], row[1::3], row[2::3])]


def encoded(picture):
    """With at most 256 colours: a page has few, and those between letters and ground are near one another."""
    counts = Counter()
    for row, times in Counter(picture.rows).items():
        for pixel, count in Counter(pixels(row)).items():
            counts[pixel] += count * times
    order = sorted(counts, key=lambda pixel: (-counts[pixel], pixel))
    kept = order[:256]
    index = {pixel: number for number, pixel in enumerate(kept)}
    for pixel in order[256:]:
        parts = pixel >> 16, pixel >> 8 & 255, pixel & 255
        index[pixel] = min(range(len(kept)), key=lambda number: sum(
            (a - b) ** 2 for a, b in zip(parts, (kept[number] >> 16, kept[number] >> 8 & 255, kept[number] & 255))))
    known, raw = {}, bytearray()
    for row in picture.rows:
        if row not in known:
            known[row] = b"\0" + bytes(map(index.__getitem__, pixels(row)))
        raw += known[row]
    palette = b"".join(struct.pack(">I", pixel)[1:] for pixel in kept)
    data = SIGNATURE
    for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", picture.width, picture.height, 8, INDEXED, 0, 0, 0)),
                       (b"PLTE", palette), (b"IDAT", zlib.compress(bytes(raw), 9)), (b"IEND", b"")):
        data += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data


def difference(first, second, tolerance=16):
    """The share of pixels of which a channel differs by more than the tolerance; 1: they are of different sizes."""
    if (first.width, first.height) != (second.width, second.height):
        return 1.0
    differing = 0
    for one, other in zip(first.rows, second.rows):
        if one != other:
            far = [abs(a - b) > tolerance for a, b in zip(one, other)]
            differing += sum(map(any, zip(far[::3], far[1::3], far[2::3])))
    return differing / (first.width * first.height)
