"""Damages files and indexes at random until the time is up, and keeps what went wrong.

    python -m tests.fuzz --minutes 10              # both, ten minutes each
    python -m tests.fuzz --minutes 10 loaders

Each finding is shrunk, printed, and its file kept below var/fuzz; exit code 1 if there are any.
"""

import argparse
import sys
from collections.abc import Callable
from hashlib import sha256
from time import monotonic
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from settings import ROOT
from tests.fuzz import loaders, opening

ROUND = 200
"""Examples between two looks at the clock."""


def run(
    check: Callable[[Any], object], cases: st.SearchStrategy[Any], seconds: float
) -> tuple[int, dict[str, Any]]:
    """How many cases were checked, and the shrunk ones that went wrong by what they did."""
    tried, found = 0, {}
    end = monotonic() + seconds
    failing: list[Any] = []

    @hypothesis_settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
    )
    @given(cases)
    def one_round(case: Any) -> None:
        nonlocal tried
        if monotonic() > end:
            return
        tried += 1
        try:
            check(case)
        except AssertionError as error:
            if str(error) in found:
                return
            failing[:] = [case]
            raise

    while monotonic() < end:
        try:
            one_round()
        except (AssertionError, Flaky) as error:
            found[str(error)] = failing[0]
            print(f"  found: {error}\n    {failing[0]}", flush=True)
    return tried, found


def main() -> int:
    """Fuzzes what the command line names; 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", default=["loaders", "opening"])
    parser.add_argument("--minutes", type=float, default=10.0, help="for each target")
    options = parser.parse_args()
    any_found = False
    for target in options.targets:
        checked = loaders.LoaderCheck() if target == "loaders" else opening.OpeningCheck()
        cases = loaders.cases if target == "loaders" else opening.cases
        try:
            tried, found = run(checked.check, cases, 60 * options.minutes)
        finally:
            checked.close()
        print(f"{target}: {tried} cases, {len(found)} findings", flush=True)
        for case in found.values():
            any_found = True
            if isinstance(case, loaders.DamagedFile):
                keep(case)
    return int(any_found)


def keep(case: loaders.DamagedFile) -> None:
    """Writes the file of a finding where a test can be made of it."""
    folder = ROOT / "var" / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    data = case.data()
    (folder / f"{sha256(data).hexdigest()[:8]}-{case.name}").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
