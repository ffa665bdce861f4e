#!/usr/bin/env bash
# What an answer to "where is my request?" costs with 1,000,000 requests, each proved on an address, and with 10,000:
# `tests/load/status.sh [ROUNDS]`. Prints the processor time a message of each run and the ratio of the medians, on SQLite and,
# through tests/with-postgres, on PostgreSQL. Wanted: at most 2 ms, and at most 1.2 times. The drawing is sent along.
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-3}
[ "${2:-}" = inside ] || {
    cargo build --release --bin awasir --example load
    "$0" "$rounds" inside && good=0 || good=1
    POSTGRES_FSYNC=on tests/with-postgres "$0" "$rounds" inside || good=1
    exit $good
}

options=(--messages 10000)
name=SQLite
if [ -n "${TEST_POSTGRES_URL:-}" ]; then
    name=PostgreSQL
    options+=(--postgres-pid "$TEST_POSTGRES_PID")
fi

# Milliseconds of the program and its database for one answer with so many requests.
cost() {
    local more=()
    if [ $name = PostgreSQL ]; then
        psql -qX "$TEST_POSTGRES_URL" -c "drop database if exists status" -c "create database status"
        more=(--database-url "${TEST_POSTGRES_URL/\/postgres\?//status?}")
    fi
    target/release/examples/load "${options[@]}" "${more[@]}" --requests "$1" | tee -a target/status.log |
        awk '/ms of (awasir|PostgreSQL)$/ { sum += $(NF - 3) } END { print sum }'
}

few=() many=()
for ((round = 0; round < rounds; round++)); do
    few+=("$(cost 10000)")
    many+=("$(cost 1000000)")
done
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }
awk -v name=$name -v few="$(median "${few[@]}")" -v many="$(median "${many[@]}")" -v all="${few[*]} | ${many[*]}" 'BEGIN {
    printf "%s: %.2f ms with 10,000 requests, %.2f ms with 1,000,000: %.2f times (all: %s)\n", name, few, many, many / few, all
    exit many > 2 || many / few > 1.2 }'
