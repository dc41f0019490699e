#!/usr/bin/env bash
# All checks, the quick ones first; CI runs exactly this. Needs what the README names for tests.
set -euo pipefail
cd "$(dirname "$0")"
export RUSTFLAGS="${RUSTFLAGS:--D warnings}" RUSTDOCFLAGS="-D warnings"

step() { printf '\n== %s\n' "$*"; }

step 'format';                 cargo fmt --check
step 'lints';                  cargo clippy --locked --all-targets
step 'lints without a window'; cargo clippy --locked --all-targets --no-default-features
step 'tests';                  cargo test --locked
step 'tests without a window'; cargo test --locked --no-default-features
step 'documentation';          cargo doc --locked --no-deps --document-private-items
step 'release build';          cargo build --locked --release
step 'all checks have passed'
