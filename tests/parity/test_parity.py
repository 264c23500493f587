"""Python and the page's script answer alike: see ``generate.py``."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from itertools import zip_longest
from pathlib import Path

import generate
import pytest

from rolebook.exports.shapes import shapes

ROOT = Path(__file__).parents[2]
CASES = generate.read_lines(generate.CASES.read_text("ascii"))
DOCUMENTS = generate.read_documents(CASES)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"line-{line}") for line, case in enumerate(CASES, start=1)]
)
def test_python_answers(case: generate.Case) -> None:
    assert generate.answer(case, DOCUMENTS) == case["expected"]


def test_the_file_is_up_to_date() -> None:
    written = generate.CASES.read_bytes().splitlines(keepends=True)
    made = generate.write_lines(generate.cases()).encode("ascii").splitlines(keepends=True)
    pairs = enumerate(zip_longest(written, made), start=1)
    stale = next((line for line, (old, new) in pairs if old != new), None)
    assert stale is None, (
        f"{generate.CASES.relative_to(ROOT)} is stale from line {stale} on. Run"
        " 'python tests/parity/generate.py' and read the difference before you commit it."
    )


def test_every_kind_of_case_is_there() -> None:
    assert len(CASES) >= 2000
    kinds = Counter(case["kind"] for case in CASES)
    assert set(kinds) == {
        "page",
        "patch",
        "changes",
        "comparison",
        "name",
        "normalise",
        "join",
        "fill",
        "runs",
        "export",
        "docx",
        "shapes",
        "reading",
        "shape",
    }
    patches = Counter(case["about"] for case in CASES if case["kind"] == "patch")
    assert patches.keys() == generate.CHANGES.keys()
    assert min(patches.values()) >= 20
    hostile = {generate.MIXED, *generate.HOSTILE}
    for kind in ("normalise", "join"):
        assert {case["about"] for case in CASES if case["kind"] == kind} == hostile
    for format_ in ("markdown", "text", "html"):
        fills = [c for c in CASES if c["kind"] == "fill" and c["format"] == format_]
        assert {case["about"] for case in fills} == hostile
        exports = [c for c in CASES if c["kind"] == "export" and c["format"] == format_]
        assert {case["about"] for case in exports} == {"the whole", "one", "several"}
    for format_ in shapes()["formats"]:
        made = [case["expected"][format_] for case in CASES if case["kind"] == "shape"]
        assert any(shaped["content"] for shaped in made)
        assert any(shaped["warnings"] for shaped in made)
    assert any(
        case["expected"]["jobposting"]["missing"] for case in CASES if case["kind"] == "shape"
    )
    for format_ in ("document", "json"):
        assert any(case["kind"] == "export" and case["format"] == format_ for case in CASES)


@pytest.mark.parametrize("folder", ["js", "parity"])
def test_javascript_answers(folder: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail(
            "'node' is not on this machine; the tests of the page's script need it."
            " On Debian or Ubuntu: apt-get install nodejs",
            pytrace=False,
        )
    # Files, not the folder: newer versions of Node no longer search one.
    files = sorted(str(path) for path in (ROOT / "tests" / folder).glob("*.test.mjs"))
    assert files
    command = [node, "--test", "--test-reporter=tap", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        failed = done.stdout.partition("\nnot ok")
        pytest.fail("".join(failed[1:])[:4000] or done.stdout + done.stderr, pytrace=False)
