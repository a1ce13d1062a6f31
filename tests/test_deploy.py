"""The files to copy for systemd, cron, Docker and GitHub: each is what its reader takes it for."""

import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC
from pathlib import Path

import click
import pytest
from apscheduler.triggers.cron import CronTrigger
from click.testing import CliRunner
from deploying import DEPLOY, ROOT, steps, text, yaml

from newsletter.cli.app import app
from newsletter.config.running import MonitorPart

FILES = (
    "Dockerfile", "Dockerfile.dockerignore", "compose.yaml", "crontab", "newsletter-once.service",
    "newsletter-once.timer", "newsletter.service", "pages.yml",
)  # fmt: skip
SERVICES = ("newsletter.service", "newsletter-once.service")
UNITS = (*SERVICES, "newsletter-once.timer")
# What systemd.unit(5), systemd.exec(5), systemd.kill(5), systemd.service(5), systemd.timer(5) and
# systemd.resource-control(5) know, as far as it is used here.
KNOWN = {
    "Unit": {"Description", "Wants", "After"},
    "Service": {
        "Type", "User", "Group", "WorkingDirectory", "EnvironmentFile", "Environment", "ExecStart",
        "Restart", "RestartSec", "RestartPreventExitStatus", "KillSignal", "KillMode",
        "TimeoutStartSec", "TimeoutStopSec", "ReadWritePaths", "ProtectSystem", "ProtectHome",
        "PrivateTmp", "PrivateDevices", "ProtectClock", "ProtectControlGroups", "ProtectHostname",
        "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "ProtectProc",
        "NoNewPrivileges", "CapabilityBoundingSet", "LockPersonality", "RemoveIPC",
        "RestrictAddressFamilies", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID",
        "SystemCallArchitectures", "SystemCallFilter", "SystemCallErrorNumber", "UMask",
        "MemoryMax", "TasksMax",
    },
    "Timer": {"OnCalendar", "AccuracySec", "Persistent"},
    "Install": {"WantedBy"},
}  # fmt: skip
INSTRUCTIONS = {
    "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT",
    "CMD",
}  # fmt: skip


def unit(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return a unit's sections; of an option that stands there twice, the last."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # systemd minds the case
    parser.read_string(text(name))
    return {section: dict(parser[section]) for section in parser.sections()}


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, each with the rest of its lines in one."""
    whole = text("Dockerfile").replace("\\\n", " ")
    lines = [line for line in whole.splitlines() if line.strip() and not line.startswith("#")]
    return [
        (word, " ".join(rest.split())) for word, _, rest in (one.partition(" ") for one in lines)
    ]


def last(word: str) -> str:
    return [rest for one, rest in instructions() if one == word][-1]


def crontab() -> Iterator[tuple[str, list[str]]]:
    """Yield the five fields and the command's words of each line."""
    for line in text("crontab").splitlines():
        if line and not line.startswith("#") and not re.match(r"\w+=", line):
            *fields, command = line.split(maxsplit=5)
            yield " ".join(fields), shlex.split(command)


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield every call of the program, by the file that it stands in: its words after the name."""
    for name in SERVICES:
        yield name, shlex.split(unit(name)["Service"]["ExecStart"])[1:]
    for _, words in crontab():
        yield "crontab", words[1:]
    yield "Dockerfile", json.loads(last("CMD"))
    for step in steps():
        for line in step.get("run", "").splitlines():
            if line.startswith("newsletter "):
                yield "pages.yml", shlex.split(line)[1:]
    for words in re.findall(
        r"--rm newsletter (.+?)(?:\s{2,}|$)", text("compose.yaml"), re.MULTILINE
    ):
        yield "compose.yaml", shlex.split(words)


CALLS = list(commands())


def test_there_is_no_file_that_is_not_looked_at():
    assert sorted(path.name for path in DEPLOY.iterdir()) == sorted(FILES)


@pytest.mark.parametrize(("file", "words"), CALLS, ids=[f"{f}: {' '.join(w)}" for f, w in CALLS])
def test_every_call_of_the_program_is_one_that_it_understands(file: str, words: list[str]):
    with click.Context(app) as context:
        command = app.get_command(context, words[0])
        assert command

        made = command.make_context(words[0], words[1:], parent=context)

    assert not made.args
    assert CliRunner().invoke(app, [words[0], "--help"]).exit_code == 0


@pytest.mark.parametrize("file", [*SERVICES, "crontab", "Dockerfile", "pages.yml"])
def test_every_way_of_operating_runs_the_weekly_run(file: str):
    assert "run" in [words[0] for name, words in CALLS if name == file]


@pytest.mark.parametrize("file", FILES)
def test_no_file_holds_a_secret(file: str):
    held = re.findall(r"(?i)\b\w*(?:password|token|secret|api_key)\w*[=:]\s*(\S+)", text(file))

    assert all(value.startswith(("…", "${", '"${', "#")) for value in held), held


# systemd


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_has_no_section_or_option_that_systemd_does_not_know(name: str):
    for section, options in unit(name).items():
        assert set(options) <= KNOWN[section]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_itself_finds_no_fault_with_the_units(tmp_path: Path):
    for name in UNITS:
        # The program is not there where this is tested; any that can be run will do.
        (tmp_path / name).write_text(
            text(name).replace("/opt/newsletter/bin/newsletter", "/bin/true")
        )

    done = subprocess.run(
        ["systemd-analyze", "verify", *[f"./{name}" for name in UNITS]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_write_its_workspace_alone(name: str):
    service = unit(name)["Service"]

    assert service["User"] not in ("root", "0")
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"] == service["WorkingDirectory"]
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""


def test_both_services_are_kept_in_by_the_same_walls():
    daemon, once = (unit(name)["Service"] for name in SERVICES)
    of_their_own = {
        "Type", "ExecStart", "Environment", "Restart", "RestartSec", "RestartPreventExitStatus",
        "TimeoutStartSec",
    }  # fmt: skip

    assert {key: daemon[key] for key in daemon if key not in of_their_own} == {
        key: once[key] for key in once if key not in of_their_own
    }


def test_the_daemon_is_given_time_to_end_and_started_again_where_that_helps():
    service = unit("newsletter.service")["Service"]

    assert service["KillSignal"] == "SIGTERM"
    assert int(service["TimeoutStopSec"]) >= 15
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == "2"  # a fault in feeds.yaml


def test_the_timer_makes_up_for_the_time_that_the_machine_slept():
    timer = unit("newsletter-once.timer")["Timer"]

    assert timer["Persistent"] == "true"
    assert timer["OnCalendar"] == "*:0/5"
    assert unit("newsletter-once.service")["Service"]["Type"] == "oneshot"


# cron


@pytest.mark.parametrize(("fields", "words"), list(crontab()))
def test_a_line_of_the_crontab_has_five_fields_and_whole_paths(fields: str, words: list[str]):
    CronTrigger.from_crontab(fields, timezone=UTC)

    assert words[0].startswith("/")
    assert Path(words[words.index("--config") + 1]).is_absolute()
    assert "%" not in " ".join(words)  # cron takes it for a line break


# Docker


def test_the_dockerfile_has_known_instructions_and_an_entry():
    words = [word for word, _ in instructions()]

    assert set(words) <= INSTRUCTIONS
    assert words[0] == "FROM"
    assert json.loads(last("ENTRYPOINT")) == ["newsletter"]


def test_the_container_does_not_run_as_root():
    users = [rest for word, rest in instructions() if word == "USER"]

    assert users
    assert users[-1].split(":")[0] not in ("root", "0")


def test_the_container_asks_the_daemon_how_it_is_where_that_answers():
    assert f"127.0.0.1:{MonitorPart().port}/healthz" in last("HEALTHCHECK")


def test_the_image_is_built_of_what_is_there_and_of_nothing_else():
    copied = [
        source
        for word, rest in instructions()
        if word == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]
    let_in = {
        line[1:] for line in text("Dockerfile.dockerignore").splitlines() if line.startswith("!")
    }

    assert set(copied) == let_in
    assert all((ROOT / source).exists() for source in copied)
    assert "*" in text("Dockerfile.dockerignore").splitlines()


def test_the_image_has_what_building_the_package_needs():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.findall(r'^(?:readme = "|license-files = \[")([^"/]+)', project, re.MULTILINE)
    copied = " ".join(rest for word, rest in instructions() if word == "COPY")

    assert needed == ["README.md", "LICENSE"]
    assert all(name in copied for name in needed)


def test_the_image_has_extras_that_there_are_on_a_python_that_will_do():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (extras,) = re.findall(r"'\.\[([\w,]+)\]'", text("Dockerfile"))
    version = re.search(r"python:3\.(\d+)-slim", text("Dockerfile"))

    assert all(re.search(rf"^{extra} = \[", project, re.MULTILINE) for extra in extras.split(","))
    assert version
    assert int(version[1]) >= 11


RUNS = [
    command.split()
    for word, rest in instructions()
    if word == "RUN"
    for command in rest.split(" && ")
    if "/pip " not in command  # half of this file's time, to learn that pip has two old flags
]


@pytest.mark.parametrize("words", RUNS, ids=[words[0].rpartition("/")[2] for words in RUNS])
def test_every_flag_of_a_step_is_one_that_its_program_has(words: list[str]):
    name = Path(words[0]).name
    program = ["python3", "-m", "venv"] if name == "python" else [name]
    if not shutil.which(program[0]):
        pytest.skip(f"needs {program[0]}")
    shown = subprocess.run([*program, "--help"], capture_output=True, text=True, check=False)

    for flag in (word.partition("=")[0] for word in words if word.startswith("--")):
        assert re.search(rf"{flag}\b", shown.stdout + shown.stderr), flag


# Compose and GitHub


@pytest.mark.parametrize(
    ("file", "schema"),
    [("compose.yaml", "vendor.compose-spec"), ("pages.yml", "vendor.github-workflows")],
)
def test_a_file_is_as_its_schema_wants_it(file: str, schema: str):
    # In a process of its own: the tool changes how YAML is read wherever it is imported.
    found = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, DEPLOY / file],
        capture_output=True,
        text=True,
    )

    assert found.returncode == 0, found.stdout


def test_the_composed_daemon_can_write_its_workspace_alone():
    daemon = yaml("compose.yaml")["services"]["newsletter"]

    assert daemon["read_only"] is True
    assert daemon["cap_drop"] == ["ALL"]
    assert daemon["volumes"] == ["./workspace:/workspace"]
    assert int(daemon["stop_grace_period"].removesuffix("s")) >= 15


def test_the_database_is_only_there_if_it_is_asked_for():
    services = yaml("compose.yaml")["services"]

    assert services["database"]["profiles"] == ["postgresql"]
    assert services["database"]["healthcheck"]
    assert services["newsletter"]["depends_on"]["database"]["required"] is False
