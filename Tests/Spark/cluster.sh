#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# cluster.sh up      Apache Spark on this machine: a master and two workers of one core, on loopback only. Says its URL.
# cluster.sh down    ends what `up` began, by pid
# cluster.sh install what `up` needs, and no more: a virtual environment with pyspark and duckdb, and Java
#   HOSTCAP_SPARK=DIR          where it all lies (default: .build/spark): venv/, log/, NAME.pid, master (the URL)
#   HOSTCAP_SPARK_PORT=N       the master's port; the workers have the next two (default: 17077)
#   HOSTCAP_SPARK_MEMORY=SIZE  of each worker (default: 2g)
set -euo pipefail
cd "$(dirname "$0")/../.."
home=$(realpath -m "${HOSTCAP_SPARK:-.build/spark}")
port=${HOSTCAP_SPARK_PORT:-17077}
pyspark=4.3.0
duckdb=2.0.1

die() {
  echo "spark: $1" >&2
  exit 2
}

java_there() { command -v java >/dev/null && java -version 2>&1 | grep -qE 'version "(1[7-9]|2[0-9])'; }

install() {
  if ! java_there; then
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || die "no Java 17: apt-get install openjdk-17-jre-headless"
    echo 'spark: installing openjdk-17-jre-headless'
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends openjdk-17-jre-headless; } >/dev/null ||
      die 'openjdk-17-jre-headless cannot be installed'
  fi
  mkdir -p "$home/log"
  [ "$(cat "$home/venv.stamp" 2>/dev/null)" = "$pyspark $duckdb" ] && return
  echo "spark: installing pyspark $pyspark (450 MB) and duckdb $duckdb from PyPI into $home/venv"
  { python3 -m venv "$home/venv" &&
    "$home/venv/bin/pip" install -q --disable-pip-version-check "pyspark==$pyspark" "duckdb==$duckdb"; } \
    >"$home/log/install" 2>&1 || die "they cannot be installed: $(tail -n 1 "$home/log/install")"
  echo "$pyspark $duckdb" >"$home/venv.stamp"
}

spark_home() { "$home/venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))'; }

# What has this pid, if it is one of ours: a pid may have gone to somebody else since.
ours() { grep -qa 'org.apache.spark.deploy' "/proc/$1/cmdline" 2>/dev/null; }

# start NAME CLASS ARGUMENT...
start() {
  local name=$1 class=$2
  shift 2
  : >"$home/log/$name"
  SPARK_HOME=$(spark_home) SPARK_LOCAL_IP=127.0.0.1 SPARK_DAEMON_MEMORY=256m SPARK_WORKER_DIR="$home/work" \
    SPARK_DAEMON_JAVA_OPTS='-Dspark.master.rest.enabled=false -Dspark.ui.enabled=false -Dspark.worker.cleanup.enabled=true' \
    setsid "$(spark_home)/bin/spark-class" "org.apache.spark.deploy.$class" "$@" </dev/null >"$home/log/$name" 2>&1 &
  echo $! >"$home/$name.pid"
}

down() {
  local name pid
  for name in worker1 worker2 master; do
    [ -s "$home/$name.pid" ] || continue
    pid=$(cat "$home/$name.pid")
    if ours "$pid"; then
      kill "$pid" 2>/dev/null || true
      for _ in $(seq 100); do ours "$pid" || break; sleep 0.1; done
      if ours "$pid"; then kill -KILL "$pid" 2>/dev/null || true; fi
    fi
    rm -f "$home/$name.pid"
  done
  rm -rf "$home/master" "$home/work"
}

# wait_for LINES WHAT FILE: until so many lines of the file hold it; a minute at most.
wait_for() {
  local lines
  for _ in $(seq 600); do
    lines=$(grep -c "$2" "$3" 2>/dev/null) || true
    [ "${lines:-0}" -ge "$1" ] && return
    sleep 0.1
  done
  down
  die "did not start in a minute: $(tail -n 1 "$3")"
}

up() {
  local number url="spark://127.0.0.1:$port"
  install
  if [ -s "$home/master.pid" ] && ours "$(cat "$home/master.pid")"; then
    echo "spark: runs already: $(cat "$home/master")"
    return
  fi
  down
  start master master.Master --host 127.0.0.1 --port "$port" --webui-port 0
  wait_for 1 'I have been elected leader' "$home/log/master"
  grep -q "Starting Spark master at $url" "$home/log/master" || { down; die "port $port is taken: HOSTCAP_SPARK_PORT=N"; }
  for number in 1 2; do
    start "worker$number" worker.Worker --host 127.0.0.1 --port $((port + number)) --webui-port 0 --cores 1 \
      --memory "${HOSTCAP_SPARK_MEMORY:-2g}" "$url"
  done
  wait_for 2 'Registering worker' "$home/log/master"
  echo "$url" >"$home/master"
  echo "spark: $url, Spark of $(spark_home); end it by: make spark-down"
}

case ${1:-} in
  up | down | install) "$1" ;;
  home) spark_home ;;
  *) die 'say up, down, install or home' ;;
esac
