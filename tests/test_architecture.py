import json
import subprocess
import sys
from pathlib import Path

import pytest

import simulator

HOUSE = Path(simulator.__file__).parent
FILES = sorted(HOUSE.rglob("*.py"))
LONGEST = 400
NAMES_OF_NOTHING = {"utils", "helpers", "core", "manager", "services", "common", "misc"}

# Runs the command as ``python -m`` would and then says which heavy rooms were entered.
PROBE = """
import json, runpy, sys
sys.argv = ["hoerer", *{arguments!r}]
try:
    runpy.run_module("simulator.cli.main", run_name="__main__")
except SystemExit as end:
    code = end.code
else:
    code = 0
heavy = ["torch", "textual", "transformers", "sqlalchemy", "tokenizers"]
print()
print(json.dumps([code or 0, [name for name in heavy if name in sys.modules]]))
"""


def entered(*arguments):
    """Return the exit code of ``hoerer`` with these arguments, its output and what it imported."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=list(arguments))],
        capture_output=True,
        text=True,
        check=True,
    )
    *output, last = done.stdout.splitlines()
    code, heavy = json.loads(last)
    return code, "\n".join(output), heavy


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("practice", "--help"), ("models", "--help"), ("content", "lint")],
    ids=" ".join,
)
def test_what_needs_no_model_and_no_screen_loads_neither(arguments):
    code, output, heavy = entered(*arguments)
    assert code == 0
    assert output.strip()
    assert not {"torch", "textual", "transformers"} & set(heavy)


def test_the_probe_sees_what_is_imported():
    script = PROBE.replace("runpy.run_module", "import textual; runpy.run_module")
    done = subprocess.run(
        [sys.executable, "-c", script.format(arguments=["--help"])],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "textual" in json.loads(done.stdout.splitlines()[-1])[1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_file_is_short_and_named_after_what_is_in_it(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert not NAMES_OF_NOTHING & {*file.relative_to(HOUSE).parts, file.stem}


def test_every_room_has_a_door_sign():
    """A package says in a sentence what it is for."""
    for file in FILES:
        if file.name == "__init__.py":
            assert file.read_text(encoding="utf-8").startswith('"""'), file
