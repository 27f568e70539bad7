# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

"""The same facts and the same texts for DuckDB, which shares nothing with SQLite and Spark but SQL."""

import re

import duckdb

FILE = re.compile(r"CREATE OR REPLACE TEMPORARY VIEW (\w+) \((.*)\) USING json\nOPTIONS \(path '([^']*)'.*\);")
GUARD = re.compile(r"COALESCE\((\w+), raise_error\('[^']*'\)\) AS \w+")
KEPT = re.compile(r"CREATE OR REPLACE TEMPORARY VIEW (\w+) AS\n(.*?);\nCACHE TABLE \1;", re.DOTALL)
TYPES = {"BIGINT": "BIGINT", "STRING": "VARCHAR"}


def base(script):
    """A database with everything that Spark is told to make, before the first answer."""
    text = script[:script.index("SELECT 'answer 0';")]
    text = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    text = KEPT.sub(r"CREATE OR REPLACE TEMPORARY TABLE \1 AS\n\2;", GUARD.sub(r"\1", FILE.sub(lines_of, text)))
    database = duckdb.connect()
    database.execute("SET threads = 2")
    database.execute(text)
    return database


def lines_of(match):
    name, columns, path = match.groups()
    types = ", ".join(f"{column}: '{TYPES[kind]}'" for column, kind in (each.split(" ") for each in columns.split(", ")))
    return (f"CREATE OR REPLACE TEMPORARY VIEW {name} AS SELECT * FROM read_json('{path}/*', format = 'newline_delimited', "
            f"columns = {{{types}}}, maximum_object_size = 33554432);")


def answer(database, query):
    return [["" if cell is None else cell for cell in row] for row in database.execute(query).fetchall()]
