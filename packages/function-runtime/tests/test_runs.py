"""Runs: each step a process of its own, as in a pod, with a store between them."""

import datetime as dt
import hashlib
import json
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bailiwick.testing import call
from tests.conftest import WriteApp
from tests.servers import started, wait_for

PRELUDE = """\
import datetime as dt
import os
import signal
import time
from pathlib import Path
from typing import Annotated, TypedDict
from bailiwick import InvalidData, Key, output_of

HERE = Path(__file__).parent

class Reading(TypedDict):
    meter: Annotated[str, Key]
    day: Annotated[dt.date, Key]
    kwh: float | None
"""

CHAIN = """
def reads(meters: int = 2) -> list[Reading]:
    '''Readings of meters.'''
    days = [dt.date(2026, 1, day) for day in (1, 2)]
    return [
        {"meter": f"m{meter}", "day": day, "kwh": None if meter == 0 else meter + day.day / 2}
        for meter in range(meters)
        for day in days
    ]

def complete() -> list[Reading]:
    '''Readings that say something.'''
    return [row for row in output_of(reads) if row["kwh"] is not None]

async def total(since: dt.date = dt.date(2026, 1, 2)) -> float:
    '''Energy since a day.'''
    return sum(row["kwh"] for row in output_of(complete) if row["day"] >= since)
"""

STEPS = "reads,complete,total"


class Runner:
    """Runs steps of the app in a folder; what is left is in ``store``."""

    def __init__(self, folder: Path, steps: str) -> None:
        self.folder, self.steps = folder, steps
        self.store = folder / "store"
        self.told = folder / "termination-log"

    def start(self, function: str, run: str = "r1", *more: str) -> "subprocess.Popen[str]":
        self.told.write_text("")
        return started(
            *("run", "--path", str(self.folder), "--function", function, "--run", run),
            *("--steps", self.steps, "--termination-log", str(self.told), *more),
            BAILIWICK_STORE=str(self.store),
        )

    def run(self, function: str, run: str = "r1", *more: str) -> tuple[int, str]:
        """Return the exit code and the last line on standard error."""
        process = self.start(function, run, *more)
        _, log = process.communicate(timeout=60)
        return process.returncode, log.strip().rpartition("\n")[2]

    def file(self, name: str, run: str = "r1") -> Path:
        return self.store / "runs" / run / name

    def read(self, name: str, run: str = "r1") -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.file(name, run).read_text())
        return document

    def table(self, name: str, run: str = "r1") -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(self.file(f"{name}.parquet", run)).to_pylist()
        return rows

    @property
    def latest(self) -> str | None:
        file = self.store / "latest"
        return file.read_text() if file.exists() else None

    @property
    def outputs(self) -> list[str]:
        runs = self.store / "runs"
        # temporary files are hidden
        return sorted(str(file.relative_to(runs)) for file in runs.glob("*/[!.]*"))


MakeRunner = Callable[[str, str], Runner]


@pytest.fixture
def runner(write_app: WriteApp) -> MakeRunner:
    return lambda source, steps: Runner(write_app(source, prelude=PRELUDE), steps)


def digest(file: Path) -> str:
    return f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"


def test_hands_outputs_from_step_to_step_and_notes_what_was_read(runner: MakeRunner) -> None:
    app = runner(CHAIN, STEPS)
    given = json.dumps({"meters": 3, "since": "2026-01-01"})

    assert app.run("reads", "r1", "--parameters", given) == (0, "")
    assert app.run("complete", "r1", "--parameters", given) == (0, "")
    assert app.latest is None
    assert app.run("total", "r1", "--parameters", given) == (0, "")

    # what somebody tried with parameters of their own is read by its name alone
    assert app.latest is None
    assert app.read("total.json") == {"value": 1.5 + 2 + 2.5 + 3}
    day = dt.date(2026, 1, 1)
    assert app.table("complete")[0] == {"meter": "m1", "day": day, "kwh": 1.5}
    reads, complete, total = (app.read(f"{name}.meta.json") for name in STEPS.split(","))
    assert (reads["rows"], complete["rows"], total["rows"]) == (6, 4, 1)
    assert reads["digest"] == digest(app.file("reads.parquet"))
    assert complete["inputs"] == [{"step": "reads", "digest": reads["digest"]}]
    assert total["inputs"] == [{"step": "complete", "digest": complete["digest"]}]
    assert (reads["parameters"], complete["parameters"]) == ({"meters": 3}, {})
    assert dt.datetime.fromisoformat(reads["startedAt"]) <= dt.datetime.fromisoformat(
        reads["finishedAt"]
    )
    told = json.loads(app.told.read_text())
    assert told == {key: total[key] for key in ("rows", "digest", "inputs")}


def test_calls_the_other_functions_where_there_is_no_store(
    runner: MakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(runner(CHAIN, STEPS).folder)
    assert call("total") == 2
    assert [row["day"] for row in call("complete")] == ["2026-01-01", "2026-01-02"]


def test_leaves_nothing_half_when_it_is_killed(runner: MakeRunner) -> None:
    source = """
        def nap() -> int:
            '''Sleeps the first time.'''
            if not (HERE / "begun").exists():
                (HERE / "begun").touch()
                time.sleep(60)
            return 1

        def torn() -> list[Reading]:
            '''Is killed while its output is written.'''
            if not (HERE / "torn").exists():
                (HERE / "torn").touch()
                os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
            return [{"meter": "m1", "day": dt.date(2026, 1, 1), "kwh": None}]
    """
    app = runner(source, "nap,torn")
    napping = app.start("nap")
    wait_for((app.folder / "begun").exists, "the function begins")
    napping.kill()
    napping.communicate()
    assert app.run("torn")[0] == -signal.SIGKILL
    assert (app.outputs, app.latest) == ([], None)

    assert app.run("nap") == (0, "")
    assert app.latest is None
    assert app.run("torn") == (0, "")
    assert app.read("nap.json") == {"value": 1}
    assert app.table("torn") == [{"meter": "m1", "day": dt.date(2026, 1, 1), "kwh": None}]
    assert (app.store / "latest").read_text() == "r1"


def test_ends_at_once_when_it_is_told_to(runner: MakeRunner) -> None:
    source = """
        def nap() -> int:
            '''Sleeps.'''
            (HERE / "begun").touch()
            time.sleep(60)
            return 1
    """
    app = runner(source, "nap")
    napping = app.start("nap")
    wait_for((app.folder / "begun").exists, "the function begins")
    napping.terminate()
    napping.communicate(timeout=20)

    assert napping.returncode == 143
    assert app.outputs == []
    assert json.loads(app.told.read_text()) == {"error": "nap was terminated before it completed"}


def test_lets_two_steps_end_at_the_same_time(runner: MakeRunner) -> None:
    source = "".join(
        f"""
def {name}() -> int:
    '''Waits for a sign.'''
    (HERE / "{name}").touch()
    while not (HERE / "go").exists():
        time.sleep(0.001)
    return 1
"""
        for name in ("left", "right")
    )
    app = runner(source, "left,right")
    for run in ("r1", "r2"):
        both = [app.start(name, run) for name in ("left", "right")]
        for name in ("left", "right"):
            wait_for((app.folder / name).exists, f"{name} begins")
        (app.folder / "go").touch()
        assert [process.communicate(timeout=30)[1] for process in both] == ["", ""]
        assert app.latest == run
        for name in ("left", "right", "go"):
            (app.folder / name).unlink()
    assert len(app.outputs) == 8


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise InvalidData('meter m7 has no serial number')", "meter m7 has no serial number"),
        ("raise ValueError('secret')", "faulty failed; see its log"),
        (
            "return 'x'",
            "faulty returned a value that differs from the declared type: it must be a valid",
        ),
        ("return output_of(other)", r"add it to the needs of the step \(needs: \[other\]\)"),
        ("time.sleep(5)", "faulty exceeded the time limit of a step, 0.5 seconds"),
    ],
)
def test_says_in_a_sentence_why_there_is_no_output(
    runner: MakeRunner, body: str, said: str
) -> None:
    source = f"""
        def faulty() -> int:
            '''Fails.'''
            {body}

        def other() -> int:
            '''Another step.'''
            return 1
    """
    app = runner(source, "faulty,other")
    code, sentence = app.run("faulty", "r1", "--seconds", "0.5")

    assert code == 1
    assert sentence == json.loads(app.told.read_text())["error"]
    assert app.outputs == []
    assert re.search(said, sentence)


def test_bounds_the_files_of_a_step(runner: MakeRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    source = """
import subprocess

def fills_by_child() -> int:
    '''Fills it by another process.'''
    file = HERE / "termination-log"
    subprocess.run(["dd", "if=/dev/zero", f"of={file}", "bs=1024", "count=8"], check=True)
    return 0

def fills_itself() -> int:
    '''Fills it itself.'''
    (HERE / "termination-log").write_bytes(bytes(8192))
    return 0
"""
    monkeypatch.setenv("BAILIWICK_LIMIT_FILE_BYTES", "4096")
    steps = ["fills_by_child", "fills_itself"]
    run = runner(source, ",".join(steps))
    for step in steps:
        assert (step, run.run(step)[0]) == (step, 1)
        assert run.told.stat().st_size <= 4096


def test_refuses_a_step_that_makes_no_sense(runner: MakeRunner) -> None:
    app = runner(CHAIN, STEPS)

    assert "unknown function 'read'; available: reads" in app.run("read")[1]
    unknown = app.run("reads", "r1", "--parameters", '{"meter": 3}')[1]
    assert unknown == "no step accepts meter; the steps accept meters, since"
    assert "the run be lower-case letters" in app.run("reads", "../r1")[1]
    assert app.outputs == []
