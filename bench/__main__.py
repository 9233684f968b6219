"""`python -m bench`: measure, print a table, and end with code 1 when a bar is missed."""

import argparse
import sys
import tempfile
from functools import cache
from pathlib import Path
from statistics import median

from bench import gift_file, lighthouse, lists, pages, sign_in_times, sign_ups, webhook
from bench.crowds import FEW, MANY, Crowd, Size, make_crowd
from bench.portals import books, campaign_paths, prepare, settings
from bench.rounds import Comparison, run_rounds
from bench.servers import PAGES, Server, serving
from bench.weight import MOST_BYTES, MOST_REQUESTS, weigh

MEASURED = ("pages", "webhook", "sign-ups", "lists", "crowded-pages", "sign-in-times")
HEADING = f"{'':<36}{'ratio (min-max)':<20}{'bar':>5}  {'':<8}{'CPU ms/request':<22}{'requests/s':<16}"


def main() -> int:
    """Measure what was asked for; tell whether every bar was met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often everything is run; 7 by default")
    parser.add_argument("--only", choices=MEASURED, help="leave out the rest")
    parser.add_argument(
        "--lighthouse", action="store_true", help="also Lighthouse's scores of every campaign (some minutes)"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lantern-bench-") as place:
        folder = Path(place)
        environment = settings(folder)
        prepare(environment)
        wanted = (args.only,) if args.only else MEASURED
        met = []
        if {"pages", "webhook", "sign-ups"} & set(wanted):
            print(HEADING)
        if "pages" in wanted:
            met.append(_measure_pages(environment, folder, args.rounds))
        if "webhook" in wanted:
            met.append(_measure_webhook(environment, folder, args.rounds))
        if "sign-ups" in wanted:
            met.append(_measure_sign_ups(environment, folder, args.rounds))
        if "lists" in wanted:
            met.append(_measure_lists(folder, args.rounds))
        if "crowded-pages" in wanted:
            print(f"the same pages with {MANY.gifts} gifts:\n{HEADING}")
            met.append(_measure_pages(_crowd(folder, "many", MANY).environment, folder / "many", args.rounds))
        if "sign-in-times" in wanted:
            met.append(_measure_sign_in_times(folder))
        met.append(_measure_visit(environment, folder, args.lighthouse))
    return 0 if all(met) else 1


def _measure_pages(environment: dict[str, str], folder: Path, rounds: int) -> bool:
    with pages.comparisons(environment, folder) as (found, servers):
        run_rounds(found, rounds, folder)
        return _print_comparisons(found, servers)


def _measure_webhook(environment: dict[str, str], folder: Path, rounds: int) -> bool:
    with webhook.comparisons(environment, folder, rounds) as (found, servers):
        run_rounds(found, rounds, folder)
        met = _print_comparisons(found, servers)
    said = books(environment)
    print(f"  {said}")
    return met and said.startswith("books agree")


def _measure_sign_ups(environment: dict[str, str], folder: Path, rounds: int) -> bool:
    with sign_ups.comparisons(environment, folder) as (found, servers):
        run_rounds(found, rounds, folder)
        met = _print_comparisons(found, servers)
    said = sign_ups.rosters(environment)
    print(f"  {said}")
    return met and said.startswith("rosters agree")


@cache
def _crowd(folder: Path, name: str, size: Size) -> Crowd:
    return make_crowd(folder / name, size)


def _measure_lists(folder: Path, rounds: int) -> bool:
    crowds = [_crowd(folder, "few", FEW), _crowd(folder, "many", MANY)]
    few, many = map(lists.reader_of, crowds)
    file = gift_file.measure(many, crowds[1].database, rounds)
    grown = [lists.grow(path, few, many, rounds) for path in lists.LISTS]
    print(
        f"{f'lists, {MANY.people} people, {MANY.events} events, {MANY.gifts} gifts / few':<58}{'ratio':>5}"
        f"{'bar':>6}  {'':<8}{'CPU ms/request':<18}statements"
    )
    for one in grown:
        times = f"{median(one.many):.1f} / {median(one.few):.1f}"
        print(
            f"{one.path:<58}{one.ratio:>5.2f}{lists.BAR:>6}  {_verdict(one.met):<8}{times:<18}"
            f"{one.statements[1]} / {one.statements[0]}"
        )
    print(
        f"file of all gifts / bare loop: {file.ratio:.2f} (bar {gift_file.BAR}), {median(file.ours):.0f} / "
        f"{median(file.bare):.0f} rows a second; {file.rows} rows, the first after {file.first_rows:.2f} s "
        f"(under {gift_file.MOST_SECONDS}), {file.more_mb:.0f} MB above idle (at most {gift_file.MOST_MB}): "
        f"{_verdict(file.met)}"
    )
    return file.met and all(one.met for one in grown)


def _measure_sign_in_times(folder: Path) -> bool:
    found = sign_in_times.measure(folder / "accounts")
    for one in found:
        print(
            f"{one.name}: known {median(one.known):.2f} CPU ms, unknown {median(one.unknown):.2f}, by the clock "
            f"{median(one.clock[True]):.2f} and {median(one.clock[False]):.2f}; "
            f"ratio {one.ratio:.3f} (within {sign_in_times.MOST_APART:.0%}), {one.overlap:.0%} of them where both are "
            f"(at least {sign_in_times.LEAST_OVERLAP:.0%}): {_verdict(one.met)}"
        )
    return all(one.met for one in found)


def _measure_visit(environment: dict[str, str], folder: Path, with_lighthouse: bool) -> bool:
    with serving("portal:create_app()", PAGES, environment) as server:
        addresses = [f"http://127.0.0.1:{server.port}{path}" for path in campaign_paths(environment)]
        met = [_print_weight(address) for address in addresses]
        lacking = lighthouse.missing() if with_lighthouse else "not asked for (--lighthouse)"
        if lacking:
            print(f"lighthouse: {lacking}")
        else:
            met += [_print_lighthouse(address, folder) for address in addresses]
        return all(met)


def _print_weight(address: str) -> bool:
    weight = weigh(address)
    parts = ", ".join(f"{path.rsplit('/', 1)[1]} {size}" for path, size in weight.bytes_of.items())
    print(
        f"first visit: {len(weight.bytes_of)} requests (at most {MOST_REQUESTS}), {weight.total} bytes "
        f"(under {MOST_BYTES}): {_verdict(weight.met)}\n  {parts}"
    )
    return weight.met


def _print_lighthouse(address: str, folder: Path) -> bool:
    scores = lighthouse.scores(address, folder)
    parts = ", ".join(f"{name} {score:.0f} (bar {lighthouse.BARS[name]})" for name, score in scores.items())
    met = all(score >= lighthouse.BARS[name] for name, score in scores.items())
    page = address.rsplit("/", 1)[1]
    print(f"lighthouse, {page}, mobile, median of {lighthouse.RUNS}: {parts}: {_verdict(met)}")
    return met


def _print_comparisons(found: list[Comparison], servers: dict[str, Server]) -> bool:
    for one in found:
        ratios, (base_cpu, cpu), (base_rate, rate) = one.ratios, one.cpu_ms, one.per_second
        print(
            f"{one.name:<36}{f'{one.ratio:.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})':<20}{one.bar:>5}  "
            f"{_verdict(one.met):<8}{f'{cpu:.2f} / {base_cpu:.2f} = {cpu / base_cpu:.2f}':<22}"
            f"{rate:.0f} / {base_rate:.0f}"
        )
    for name, server in servers.items():
        memory = server.memory()
        print(f"  a worker of {name}: {memory.rss:.0f} MB RSS, {memory.pss:.0f} MB PSS")
    return all(one.met for one in found)


def _verdict(met: bool) -> str:
    return "ok" if met else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
