#!/usr/bin/env bash
# All checks, the quick ones first; CI runs exactly this. Needs what the README names for tests.
set -euo pipefail
cd "$(dirname "$0")"
export RUSTFLAGS="${RUSTFLAGS:--D warnings}" RUSTDOCFLAGS="-D warnings"

step() { printf '\n== %s\n' "$*"; }

# Looked for first: without it the last check could not run, and none is left out.
if ! cargo fuzz --version >/dev/null 2>&1; then
  echo 'cargo-fuzz is missing: cargo install --locked cargo-fuzz' >&2
  exit 1
fi

step 'format';                 cargo fmt --check; cargo fmt --check --manifest-path fuzz/Cargo.toml
step 'lints';                  cargo clippy --locked --all-targets
step 'lints without a window'; cargo clippy --locked --all-targets --no-default-features
# Shown with what the tests counted.
step 'tests';                  cargo test --locked -- --show-output
step 'tests without a window'; cargo test --locked --no-default-features
step 'documentation';          cargo doc --locked --no-deps --document-private-items
step 'release build';          cargo build --locked --release
step 'fuzzing';                fuzz/run.sh "${SHODO_FUZZ_SECONDS:-60}"
step 'all checks have passed'
