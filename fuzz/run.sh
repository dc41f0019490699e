#!/usr/bin/env bash
# Runs the fuzz targets, two at a time: fuzz/run.sh [SECONDS [TARGET…]]; a minute of each when nothing is said.
# New inputs are kept in fuzz/target/corpus, findings in fuzz/artifacts. docs/fuzzing.md says more.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:-60}"
# To the fuzzer 0 is no limit.
[[ "$seconds" =~ ^[1-9][0-9]*$ ]] || { echo "how many seconds? from 1: $seconds" >&2; exit 2; }
if [ $# -gt 1 ]; then shift; else set -- settings command journal flow; fi

cargo fuzz build --sanitizer none

# The last lines tell how often it ran and how much it reached; a finding is shown from its panic on.
fuzz() {
  local target="$1" found="fuzz/target/corpus/$1" log="fuzz/target/$1.log"
  mkdir -p "$found"
  if cargo fuzz run --sanitizer none "$target" "$found" "fuzz/corpus/$target" -- \
      -dict="fuzz/dictionaries/$target.dict" -max_len=8192 -max_total_time="$seconds" \
      -timeout=60 -rss_limit_mb=1024 -print_final_stats=1 >"$log" 2>&1; then
    echo "$target: $(sed -n 's/^\(Done .*\)/\1/p' "$log"); $(grep -o 'cov: [0-9]* ft: [0-9]*' "$log" | tail -1)"
  else
    echo "$target: a finding, or it could not run ($log):" >&2
    sed -n '/panicked at/,$p' "$log" | head -60 >&2
    tail -20 "$log" >&2
    return 1
  fi
}

failed=0
while [ $# -gt 0 ]; do
  fuzz "$1" & first=$!
  if [ $# -gt 1 ]; then fuzz "$2" || failed=1; shift; fi
  wait "$first" || failed=1
  shift
done
exit "$failed"
