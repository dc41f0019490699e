#!/usr/bin/env bash
# Makes the committed corpus anew from it and from what long runs have found: fuzz/minimise.sh [TARGET…].
# Kept are the fewest inputs that reach every branch that is reached, and findings (found-*), which no set may lose.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then set -- settings command journal flow; fi

for target in "$@"; do
  old="fuzz/corpus/$target" found="fuzz/target/corpus/$target" new="fuzz/target/minimal/$target"
  rm -rf "$new"
  mkdir -p "$new" "$found"
  cargo fuzz run --sanitizer none "$target" "$new" "$old" "$found" -- \
    -set_cover_merge=1 -use_counters=0 -use_cmp=0 -timeout=300 >"fuzz/target/$target.log" 2>&1
  find "$old" -type f ! -name 'found-*' -delete
  cp "$new"/* "$old"
  echo "$target: $(find "$old" -type f | wc -l) inputs, $(du -s --apparent-size "$old" | cut -f1) KiB"
done
