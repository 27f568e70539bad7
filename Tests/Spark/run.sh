#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# run.sh HOSTCAP: every query of the fleet on SQLite, Apache Spark (a master, two workers) and DuckDB gives the same rows. Installs
# what it needs below .build/spark: pyspark is 450 MB. Half an hour and more on two cores.
#   HOSTCAP_SPARK_SHORT=1      two fleets of ten hosts and one query by the program itself: two minutes
#   HOSTCAP_SPARK_HOSTS="N…"   sizes; 10 1000. 100000 takes 5 GB of reports on disk: HOSTCAP_SPARK_ONCE=1 asks each size once
#   HOSTCAP_SPARK_SEEDS=N      fleets of each size; 30
# A cluster that runs already is taken; one that was begun here ends here.
set -euo pipefail
cd "$(dirname "$0")/../.."
hostcap=${1:?say which hostcap}
cluster=Tests/Spark/cluster.sh
home=$(realpath -m "${HOSTCAP_SPARK:-.build/spark}")

if ! "$cluster" install; then
  echo 'SKIPPED spark: neither PyPI nor Java can be had here; nothing was compared' >&2
  exit 0
fi
began=no
[ -s "$home/master" ] || began=yes
finish() { if [ "$began" = yes ]; then "$cluster" down; fi; }
trap finish EXIT
trap 'exit 1' INT TERM HUP
"$cluster" up

check() {
  "$home/venv/bin/python" Tests/Spark/check.py "$hostcap" --cluster "$home" --spark-home "$("$cluster" home)" "$@"
}

if [ -n "${HOSTCAP_SPARK_SHORT:-}" ]; then
  check --only seeds --only program --hosts 10 --seeds 2 --short
elif [ -n "${HOSTCAP_SPARK_ONCE:-}" ]; then
  # shellcheck disable=SC2086 # a word for each size
  check --only once --runs 1 --hosts ${HOSTCAP_SPARK_HOSTS:-100000}
else
  # shellcheck disable=SC2086 # a word for each size
  check --only seeds --hosts ${HOSTCAP_SPARK_HOSTS:-10 1000} --seeds "${HOSTCAP_SPARK_SEEDS:-30}"
  check --only program --only board --only killed
fi
