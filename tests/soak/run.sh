#!/bin/bash
# The long forms of the tests of faults: tests/soak/run.sh [MINUTES [KILLS]].
# Kills (1,000) of an ingest and half as many of an optimize and of a delete,
# power cuts at 200 points of a work, write errors at 500; each part is ended
# after its share of the minutes (60), which is no failure but is said. What
# was done is printed as a table.
set -euo pipefail
cd "$(dirname "$0")/../.."

minutes=${1:-60}
kills=${2:-1000}
out=$(mktemp)
trap 'rm -f "$out"' EXIT

cargo test --quiet --no-run -p abs-cli --test cli
cargo test --quiet --no-run -p abs-ingest --test faults

status=0
printf '| what | how many | result | s |\n|---|---|---|---|\n'
# part NAME COUNT SHARE VARIABLE COMMAND...: so many in a share of the time.
part() {
    local name=$1 count=$2 limit=$((minutes * 60 * $3 / 100)) variable=$4 result=passed start=$SECONDS
    shift 4
    env "$variable=$count" timeout --signal=KILL "$limit" "$@" >"$out" 2>&1 || result=$?
    case $result in
        passed) grep -q 'test result: ok. [1-9]' "$out" || { result='no such test'; status=1; } ;;
        124 | 137) result="not done in $limit s" ;;
        *) result=FAILED status=1 ;;
    esac
    printf '| %s | %s | %s | %s |\n' "$name" "$count" "$result" $((SECONDS - start))
    [ "$result" != FAILED ] || cat "$out"
}
cli=(cargo test --quiet -p abs-cli --test cli --)
faults=(cargo test --quiet -p abs-ingest --test faults --)
part 'kills of an ingest' "$kills" 45 ABS_SEARCH_TEST_KILLS "${cli[@]}" kill::
part 'kills of an optimize' $((kills / 2)) 20 ABS_SEARCH_TEST_KILLS "${cli[@]}" faults::an_optimize
part 'kills of a delete' $((kills / 2)) 20 ABS_SEARCH_TEST_KILLS "${cli[@]}" faults::a_delete
part 'points of a work at which the power is cut, three kinds of loss each' 200 10 \
    ABS_SEARCH_TEST_POWER_CUTS "${faults[@]}" power::
part 'operations that fail, of each of three kinds' 500 5 \
    ABS_SEARCH_TEST_WRITE_ERRORS "${faults[@]}" errors::
exit $status
