#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hostcap authors
# SPDX-License-Identifier: Apache-2.0

# The whole suite under the address and undefined-behaviour sanitizers, and what tests do beside each other under the thread
# sanitizer. An hour on two cores: two builds, and laws over every question that is taken away, which are slow here. SANITIZE="address" or "thread" does the one alone;
# SANITIZE_FILTER runs these suites only.
#
# hostcap itself has no second thread: what can race is what the suites share, lazily made values and C libraries' state.
set -u
cd "$(dirname "$0")/../.." || exit 1
# BoringSSL, SQLite and libyaml are built along; what is found in them fails as well as what is found in ours.
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:abort_on_error=0
export LSAN_OPTIONS=suppressions=Tests/Sanitize/leaks.txt:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=0:second_deadlock_stack=1
status=0

suite() {
  name=$1
  shift
  log=.build/sanitize-$name.log
  echo "sanitize-suite: $name"
  swift test --disable-xctest --scratch-path ".build/sanitize-$name" "$@" >"$log" 2>&1 || status=1
  found=$(grep -cE 'runtime error:|(ERROR|WARNING): [A-Za-z]+Sanitizer' "$log")
  [ "$found" -eq 0 ] || status=1
  grep -E 'runtime error:|(ERROR|WARNING): [A-Za-z]+Sanitizer|SUMMARY: ' "$log" | sort | uniq -c | head -40
  grep -E 'Test run with|error:' "$log" | head -20
  echo "sanitize-suite: $name: $found findings, $log"
}

for which in ${SANITIZE:-address thread}; do
  case $which in
  address)
    # Swift has no undefined behaviour to watch, and on Linux its compiler knows no such option: C and C++ do. Function
    # types are left out, for BoringSSL calls through others on purpose, and so are virtual tables, which want a runtime more.
    suite address --sanitize=address -Xcc -fsanitize=undefined -Xcc -fno-sanitize=function,vptr \
      ${SANITIZE_FILTER:+--filter "$SANITIZE_FILTER"}
    ;;
  thread)
    suite thread --sanitize=thread --filter \
      "${SANITIZE_FILTER:-LiveHostTests|ImportersTests|TapeTests|FuzzTests|StrictJSONTests|SigningTests|FleetTests}"
    ;;
  *) echo "sanitize-suite: no sanitizer $which" >&2 && exit 64 ;;
  esac
done
exit "$status"
