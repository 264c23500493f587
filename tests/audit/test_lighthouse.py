"""What of Lighthouse's reports fails the audit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import lighthouse
import pytest

Report = dict[str, Any]
SITE = {"index.html": "<p>Home</p>", "404.html": "<p>Nothing</p>", "_headers": "/*\n  X-A: b\n"}
CATEGORIES = ("performance", *lighthouse.JUDGED)


def sound() -> Report:
    """A report on a page without a fault, of one audit a category."""
    audits: Report = {
        name: {"title": name.title(), "score": 1, "scoreDisplayMode": "binary"}
        for name in CATEGORIES
    }
    audits["manual"] = {"title": "By hand", "score": None, "scoreDisplayMode": "manual"}
    for name in ("cumulative-layout-shift", "network-requests", "layout-shifts"):
        audits[name] = {"title": name, "score": 1, "scoreDisplayMode": "numeric"}
    audits["cumulative-layout-shift"]["numericValue"] = 0
    refs = {name: [{"id": name, "weight": 1}, {"id": "manual", "weight": 1}] for name in CATEGORIES}
    return {
        "audits": audits,
        "categories": {name: {"score": 1, "auditRefs": refs[name]} for name in CATEGORIES},
    }


def request(report: Report, *addresses: str) -> None:
    report["audits"]["network-requests"]["details"] = {"items": [{"url": url} for url in addresses]}


def fail(report: Report, name: str) -> None:
    report["audits"][name] |= {"score": None, "scoreDisplayMode": "error", "errorMessage": "Oh"}
    report["audits"][name].pop("numericValue", None)


def fail_category(name: str) -> Callable[[Report, str], None]:
    def change(report: Report, _: str) -> None:
        fail(report, name)
        report["categories"][name]["score"] = None

    return change


def slow(report: Report, _: str) -> None:
    report["categories"]["performance"]["score"] = 0.49


def busy(report: Report, _: str) -> None:
    report["categories"]["performance"]["score"] = 0.6


def worse(report: Report, _: str) -> None:
    report["audits"]["seo"]["score"] = 0.5
    report["categories"]["seo"]["score"] = 0.5


def moving(report: Report, _: str) -> None:
    report["audits"]["cumulative-layout-shift"]["numericValue"] = 0.2


CASES: dict[str, tuple[Callable[[Report, str], None], str]] = {
    "sound": (lambda report, address: None, ""),
    "busy machine": (busy, ""),
    "slow": (slow, "performance: 49, which is below 50"),
    "no accessibility": (fail_category("accessibility"), "could not be judged: Accessibility (Oh)"),
    "no performance": (fail_category("performance"), "could not be judged: Performance (Oh)"),
    "no requests known": (
        lambda report, address: fail(report, "network-requests"),
        "could not be judged: network-requests (Oh)",
    ),
    "no shift known": (
        lambda report, address: fail(report, "cumulative-layout-shift"),
        "could not be judged: cumulative-layout-shift (Oh)",
    ),
    "worse": (worse, "seo: Seo []"),
    "moving": (moving, "something moves, by 0.2: []"),
    "lost": (
        lambda report, address: request(report, f"{address}gone.css"),
        "asks for {address}gone.css: HTTP Error 404: Not Found",
    ),
    "elsewhere": (
        lambda report, address: request(report, "https://example.org/a.js"),
        "asks for https://example.org/a.js, which is not the site's",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_a_fault_of_a_page(
    case: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, fault = CASES[case]
    for name, text in SITE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def report_on(url: str, *categories: str) -> Report:
        address = url.removesuffix("index.html")
        report = sound()
        request(report, url)
        change(report, address)
        addresses.add(address)
        return report

    addresses: set[str] = set()
    monkeypatch.setattr(lighthouse, "run", report_on)
    monkeypatch.setattr(lighthouse, "PAGES", ("index.html",))
    status = lighthouse.main(tmp_path)
    (address,) = addresses
    wanted = f"index.html: {fault.format(address=address)}\n" if fault else ""
    assert (status, capsys.readouterr().err) == (int(bool(fault)), wanted)
