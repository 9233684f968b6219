"""The style sheet: a rule in the wrong layer is one that silently does not hold."""

from itertools import accumulate

from config import ROOT

SHEET = ROOT / "portal" / "static" / "lantern.css"


def test_every_layer_of_the_style_sheet_stands_by_itself_and_is_closed() -> None:
    lines = SHEET.read_text().splitlines()
    depths = list(accumulate(line.count("{") - line.count("}") for line in lines))

    within = [number for number, line in enumerate(lines) if line.startswith("@layer") and depths[number - 1]]
    assert (within, depths[-1]) == ([], 0)
